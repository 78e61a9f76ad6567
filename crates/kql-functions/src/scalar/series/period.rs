//! Finding out after how many elements a series repeats.

use super::fourier::{Complex, Direction, transform};

/// The length of the period that is found most surely, if as surely as `threshold`.
///
/// A series is compared with itself shifted by each length up to half of its own. **Differs**: how sure the real engine
/// is of a period is not published; this measure comes within 0.1 % of the one value that is known.
#[expect(clippy::cast_precision_loss, reason = "lengths are small")]
pub(super) fn find(values: &[Option<f64>], threshold: f64) -> Option<usize> {
    let numbers: Vec<f64> = values.iter().flatten().copied().collect();
    let mean = numbers.iter().sum::<f64>() / numbers.len().max(1) as f64;
    let centered: Vec<f64> =
        values.iter().map(|value| value.map_or(0.0, |value| value - mean)).collect();
    let likeness = likeness(&centered);
    let (count, most) = (centered.len() as f64, centered.len() / 2);
    let score = |length: usize| -> Option<f64> {
        let neighbours = (likeness.get(length - 1)?, likeness.get(length + 1)?);
        let own = likeness.get(length)?;
        let is_peak = own > neighbours.0 && own > neighbours.1;
        is_peak.then(|| own * (count / (count - length as f64)).sqrt())
    };
    let scores = (2..=most).filter_map(|length| Some((length, score(length)?)));
    let best = scores.max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)))?;
    (best.1 >= threshold).then_some(best.0)
}

/// The likeness of a series with itself shifted by 0, 1, 2, ... elements, 1 for no shift; nothing for a series that
/// does not change.
fn likeness(centered: &[f64]) -> Vec<f64> {
    // With as many zeros behind it, the series does not meet itself again at the other end.
    let length = (centered.len() * 2).next_power_of_two();
    let mut wave: Vec<Complex> = centered.iter().map(|value| (*value, 0.0)).collect();
    wave.resize(length, (0.0, 0.0));
    let mut wave = transform(&wave, Direction::Forward);
    wave.iter_mut().for_each(|(real, imaginary)| {
        *real = *real * *real + *imaginary * *imaginary;
        *imaginary = 0.0;
    });
    let products = transform(&wave, Direction::Inverse);
    let whole = products.first().map_or(0.0, |(real, _)| *real);
    if whole <= f64::EPSILON {
        return Vec::new();
    }
    products.iter().take(centered.len()).map(|(real, _)| real / whole).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_periods() {
        let week: Vec<Option<f64>> = [
            80, 139, 87, 110, 68, 54, 50, 51, 53, 133, 86, 141, 97, 156, 94, 149, 95, 140, 77, 61,
            50, 54, 47, 133, 72, 152, 94, 148, 105, 162, 101, 160, 87, 63, 53, 55, 54, 151, 103,
            189, 108, 183, 113, 175, 113, 178, 90, 71, 62, 62, 65, 165, 109, 181, 115, 182, 121,
            178, 114, 170,
        ]
        .iter()
        .map(|value| Some(f64::from(*value)))
        .collect();
        assert_eq!(find(&week, 0.6), Some(14));
        assert_eq!(find(&week, 0.85), None);
    }

    #[test]
    fn finds_none_where_nothing_repeats() {
        assert_eq!(find(&[], 0.6), None);
        assert_eq!(find(&[Some(1.0)], 0.6), None);
        assert_eq!(find(&[Some(1.0); 100], 0.6), None);
        let line: Vec<Option<f64>> = (0..100).map(|index| Some(f64::from(index))).collect();
        assert_eq!(find(&line, 0.6), None);
    }
}
