//! The discrete Fourier transform.

use std::f64::consts::PI;

use super::{reals, reals_text};
use crate::prelude::*;

/// A real and an imaginary part.
pub(super) type Complex = (f64, f64);

/// Which way a transform goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Direction {
    Forward,
    /// Back again, divided by the length.
    Inverse,
}

/// Transforms the series of each row.
pub(super) fn transform_rows(arguments: &Arguments<'_>, direction: Direction) -> Answer {
    let real = arguments.dynamics(0)?;
    let imaginary = if arguments.len() > 1 { Some(arguments.dynamics(1)?) } else { None };
    arguments.make_dynamics(|row, text| {
        let Some(real) = reals(real.at(row)) else { return false };
        let zeros = || Some(vec![0.0; real.len()]);
        let imaginary = imaginary.as_ref().map_or_else(zeros, |values| reals(values.at(row)));
        let Some(imaginary) = imaginary.filter(|values| values.len() == real.len()) else {
            return false;
        };
        let values: Vec<Complex> = real.into_iter().zip(imaginary).collect();
        let (real, imaginary): (Vec<f64>, Vec<f64>) =
            transform(&values, direction).into_iter().unzip();
        super::write_results(&[&reals_text(&real), &reals_text(&imaginary)], text);
        true
    })
}

/// The transform of values of any count, in n log n steps.
#[expect(clippy::cast_precision_loss, reason = "lengths are small")]
pub(super) fn transform(values: &[Complex], direction: Direction) -> Vec<Complex> {
    let mut values = values.to_vec();
    let sign = if direction == Direction::Forward { -1.0 } else { 1.0 };
    if values.len().is_power_of_two() {
        radix2(&mut values, sign);
    } else if !values.is_empty() {
        values = chirp(&values, sign);
    }
    if direction == Direction::Inverse {
        let count = values.len() as f64;
        values.iter_mut().for_each(|value| *value = (value.0 / count, value.1 / count));
    }
    values
}

fn multiply(a: Complex, b: Complex) -> Complex {
    (a.0 * b.0 - a.1 * b.1, a.0 * b.1 + a.1 * b.0)
}

fn turn(angle: f64) -> Complex {
    (angle.cos(), angle.sin())
}

/// Cooley and Tukey's way, for counts that are powers of two.
#[expect(clippy::cast_precision_loss, reason = "lengths are small")]
fn radix2(values: &mut [Complex], sign: f64) {
    let count = values.len();
    let bits = count.trailing_zeros();
    for index in 0..count {
        let mirrored = index.reverse_bits().checked_shr(usize::BITS - bits).unwrap_or(0);
        if index < mirrored {
            values.swap(index, mirrored);
        }
    }
    let mut width = 2;
    while width <= count {
        let half = width / 2;
        let turns: Vec<Complex> =
            (0..half).map(|at| turn(sign * 2.0 * PI * at as f64 / width as f64)).collect();
        for block in values.chunks_mut(width) {
            let (low, high) = block.split_at_mut(half);
            for ((a, b), turn) in low.iter_mut().zip(high).zip(&turns) {
                let turned = multiply(*b, *turn);
                *b = (a.0 - turned.0, a.1 - turned.1);
                *a = (a.0 + turned.0, a.1 + turned.1);
            }
        }
        width *= 2;
    }
}

/// Bluestein's way, for all other counts: a convolution, which is done with counts that are powers of two.
#[expect(clippy::cast_precision_loss, reason = "lengths are small")]
fn chirp(values: &[Complex], sign: f64) -> Vec<Complex> {
    let count = values.len();
    let length = (2 * count - 1).next_power_of_two();
    // The square would lose digits; what counts of it is what is left of a division.
    let square = |index: usize| (index * index % (2 * count)) as f64;
    let turns: Vec<Complex> =
        (0..count).map(|index| turn(sign * PI * square(index) / count as f64)).collect();
    let mut a = vec![(0.0, 0.0); length];
    let mut b = vec![(0.0, 0.0); length];
    for (index, (value, turn)) in values.iter().zip(&turns).enumerate() {
        a[index] = multiply(*value, *turn);
        b[index] = (turn.0, -turn.1);
        b[(length - index) % length] = (turn.0, -turn.1);
    }
    radix2(&mut a, -1.0);
    radix2(&mut b, -1.0);
    a.iter_mut().zip(&b).for_each(|(a, b)| *a = multiply(*a, *b));
    radix2(&mut a, 1.0);
    let scale = length as f64;
    let scaled = a.iter().map(|value| (value.0 / scale, value.1 / scale));
    scaled.zip(&turns).map(|(value, turn)| multiply(value, *turn)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn transforms_as_its_definition_says() {
        for count in [1, 2, 3, 5, 8, 12] {
            let values: Vec<Complex> = (0..count)
                .map(|index| (f64::from(index * index % 7), f64::from(index % 3)))
                .collect();
            let given = transform(&values, Direction::Forward);
            for (index, given) in given.iter().enumerate() {
                let mut wanted = (0.0, 0.0);
                for (at, value) in values.iter().enumerate() {
                    let angle = -2.0 * PI * (index * at) as f64 / f64::from(count);
                    let part = multiply(*value, turn(angle));
                    wanted = (wanted.0 + part.0, wanted.1 + part.1);
                }
                assert!((given.0 - wanted.0).abs() + (given.1 - wanted.1).abs() < 1e-9);
            }
            for (back, value) in transform(&given, Direction::Inverse).iter().zip(&values) {
                assert!((back.0 - value.0).abs() + (back.1 - value.1).abs() < 1e-9);
            }
        }
    }
}
