//! Least, greatest, average and variance of series.

use super::{Number, numbers};
use crate::prelude::*;

/// Of one series.
pub(super) struct Stats {
    pub(super) min: f64,
    pub(super) min_index: usize,
    pub(super) max: f64,
    pub(super) max_index: usize,
    pub(super) average: f64,
    pub(super) variance: f64,
    pub(super) sum: f64,
    pub(super) length: usize,
}

impl Stats {
    /// None of nothing.
    #[expect(clippy::cast_precision_loss, reason = "lengths are small")]
    fn of(values: &[(usize, f64)]) -> Option<Self> {
        let (min_index, min) =
            values.iter().copied().reduce(|a, b| if b.1 < a.1 { b } else { a })?;
        let (max_index, max) =
            values.iter().copied().reduce(|a, b| if b.1 > a.1 { b } else { a })?;
        let sum: f64 = values.iter().map(|(_, value)| value).sum();
        let average = sum / values.len() as f64;
        let squares: f64 =
            values.iter().map(|(_, value)| (value - average) * (value - average)).sum();
        let variance = if values.len() > 1 { squares / (values.len() - 1) as f64 } else { 0.0 };
        let length = values.len();
        Some(Self { min, min_index, max, max_index, average, variance, sum, length })
    }
}

/// Writes something of each series; there are none of one that holds what is no finite number, unless the second
/// argument says to pass over those.
pub(super) fn each(
    arguments: &Arguments<'_>,
    write: impl Fn(Option<&Stats>, &mut String) -> bool,
) -> Answer {
    let series = arguments.dynamics(0)?;
    super::dynamics(arguments, |row, text| {
        let Some(values) = numbers(series.at(row)) else { return Ok(false) };
        let is_passed_over = super::truth(arguments, 1, row)? == Some(true);
        let finite: Vec<(usize, f64)> = values
            .iter()
            .enumerate()
            .filter_map(|(index, value)| Some((index, value.map(Number::real)?)))
            .filter(|(_, value)| value.is_finite())
            .collect();
        let are_all = finite.len() == values.len();
        let stats = if are_all || is_passed_over { Stats::of(&finite) } else { None };
        Ok(write(stats.as_ref(), text))
    })
}
