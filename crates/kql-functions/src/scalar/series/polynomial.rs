//! Polynomials that fit points.

use super::line::explained;

/// A polynomial and how well it fits.
pub(super) struct Polynomial {
    /// That of the highest power first.
    pub(super) coefficients: Vec<f64>,
    pub(super) points: Vec<f64>,
    pub(super) rsquare: f64,
    pub(super) variance: f64,
    pub(super) residual_variance: f64,
}

/// The polynomial with the least squares; none where it is not determined.
#[expect(clippy::cast_precision_loss, reason = "lengths are small")]
pub(super) fn fit(x: &[f64], y: &[f64], degree: usize) -> Option<Polynomial> {
    if x.len() != y.len() || x.len() <= degree {
        return None;
    }
    let coefficients = solve(x, y, degree + 1)?;
    let value = |x: f64| coefficients.iter().fold(0.0, |sum, coefficient| sum * x + coefficient);
    let points: Vec<f64> = x.iter().map(|x| value(*x)).collect();
    let mean = y.iter().sum::<f64>() / y.len() as f64;
    let freedom = (y.len() as f64 - 1.0).max(1.0);
    let variance = y.iter().map(|y| (y - mean).powi(2)).sum::<f64>() / freedom;
    let residual: f64 = y.iter().zip(&points).map(|(a, b)| (a - b) * (a - b)).sum();
    let residual_variance = residual / freedom;
    let rsquare = explained(variance, residual_variance);
    Some(Polynomial { coefficients, points, rsquare, variance, residual_variance })
}

/// Coefficients, that of the highest power first, by orthogonal columns: powers of x are nearly parallel, and would
/// lose all digits otherwise.
fn solve(x: &[f64], y: &[f64], count: usize) -> Option<Vec<f64>> {
    let scale = x.iter().fold(0.0f64, |most, x| most.max(x.abs())).max(f64::MIN_POSITIVE);
    let power = |power: usize| -> Vec<f64> {
        x.iter().map(|x| (x / scale).powi(i32::try_from(power).unwrap_or(0))).collect()
    };
    let dot = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>();
    let mut columns: Vec<Vec<f64>> = (0..count).map(power).collect();
    let mut upper = vec![vec![0.0; count]; count];
    let mut right = vec![0.0; count];
    let mut rest = y.to_vec();
    for at in 0..count {
        let length = dot(&columns[at], &columns[at]).sqrt();
        if length < 1e-12 {
            return None;
        }
        columns[at].iter_mut().for_each(|value| *value /= length);
        upper[at][at] = length;
        let column = columns[at].clone();
        for other in at + 1..count {
            let share = dot(&column, &columns[other]);
            upper[at][other] = share;
            columns[other].iter_mut().zip(&column).for_each(|(value, c)| *value -= share * c);
        }
        let share = dot(&column, &rest);
        right[at] = share;
        rest.iter_mut().zip(&column).for_each(|(value, c)| *value -= share * c);
    }
    let mut coefficients = vec![0.0; count];
    for at in (0..count).rev() {
        let known: f64 = (at + 1..count).map(|other| upper[at][other] * coefficients[other]).sum();
        coefficients[at] = (right[at] - known) / upper[at][at];
    }
    let scaled = coefficients.iter().enumerate();
    let mut scaled: Vec<f64> = scaled
        .map(|(power, value)| value / scale.powi(i32::try_from(power).unwrap_or(0)))
        .collect();
    scaled.reverse();
    Some(scaled)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_what_points_were_made_of() {
        let x: Vec<f64> = (0..200).map(|index| f64::from(index) * 0.025 - 2.3).collect();
        let value = |x: f64| x.powi(5) - 8.0 * x.powi(3) + 10.0 * x + 6.0;
        let y: Vec<f64> = x.iter().map(|x| value(*x)).collect();
        let found = fit(&x, &y, 5).unwrap();
        for (given, wanted) in found.coefficients.iter().zip([1.0, 0.0, -8.0, 0.0, 10.0, 6.0]) {
            assert!((given - wanted).abs() < 1e-8, "{:?}", found.coefficients);
        }
        assert!(fit(&[1.0, 1.0, 1.0], &[1.0, 2.0, 3.0], 2).is_none());
    }
}
