//! The axis of a series: its bins, counted.

use arrow::array::{Array, ArrayRef, AsArray, Int64Array};
use arrow::datatypes::{Float64Type, Int32Type, Int64Type};
use datafusion::common::{Result, internal_err};
use kql_semantics::{Dynamic, Type};

/// How many bins a series may have, as in Kusto.
pub(crate) const MOST_BINS: i64 = 1_048_576;

/// Where bins begin and how wide they are.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Axis {
    pub(crate) ty: Type,
    pub(crate) scale: Scale,
}

/// The numbers of an axis. Times are ticks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Scale {
    Whole { from: Option<i64>, to: Option<i64>, step: i64, includes_end: bool },
    Real { from: Option<f64>, to: Option<f64>, step: f64, includes_end: bool },
}

impl Axis {
    /// The bin of each value, counted from `from`, or from 0 where there is none; null outside the axis.
    pub(crate) fn bins(&self, values: &ArrayRef) -> Result<Int64Array> {
        if let Some(values) = values.as_primitive_opt::<Int64Type>() {
            return Ok(values.iter().map(|value| self.whole(value?)).collect());
        }
        if let Some(values) = values.as_primitive_opt::<Int32Type>() {
            return Ok(values.iter().map(|value| self.whole(i64::from(value?))).collect());
        }
        if let Some(values) = values.as_primitive_opt::<Float64Type>() {
            return Ok(values.iter().map(|value| self.real(value?)).collect());
        }
        internal_err!("make-series over {}", values.data_type())
    }

    #[expect(clippy::cast_precision_loss, reason = "what Kusto does when it widens")]
    fn whole(&self, value: i64) -> Option<i64> {
        let Scale::Whole { from, to, step, includes_end } = self.scale else {
            return self.real(value as f64);
        };
        let is_behind = |to| value > to || value == to && !includes_end;
        if step <= 0 || from.is_some_and(|from| value < from) || to.is_some_and(is_behind) {
            return None;
        }
        Some(value.checked_sub(from.unwrap_or(0))?.div_euclid(step))
    }

    #[expect(clippy::cast_possible_truncation, reason = "it saturates, and is refused then")]
    fn real(&self, value: f64) -> Option<i64> {
        let Scale::Real { from, to, step, includes_end } = self.scale else { return None };
        let is_behind = |to| value > to || value == to && !includes_end;
        if !value.is_finite() || from.is_some_and(|from| value < from) || to.is_some_and(is_behind)
        {
            return None;
        }
        Some(((value - from.unwrap_or(0.0)) / step).floor() as i64)
    }

    /// The first bin, and the one behind the last, of a series whose data lie in `first..=last`; none where there is no bin.
    pub(crate) fn range(&self, first: i64, last: i64) -> Option<std::ops::Range<i64>> {
        let start = if self.has_from() { 0 } else { first };
        let end = self.end().unwrap_or(last.saturating_add(1));
        (start < end).then_some(start..end)
    }

    fn has_from(&self) -> bool {
        match self.scale {
            Scale::Whole { from, .. } => from.is_some(),
            Scale::Real { from, .. } => from.is_some(),
        }
    }

    /// The bin behind the last, where `to` says.
    #[expect(clippy::cast_possible_truncation, reason = "it saturates, and is refused then")]
    fn end(&self) -> Option<i64> {
        match self.scale {
            Scale::Whole { from, to, step, includes_end } => {
                let length = to?.saturating_sub(from.unwrap_or(0));
                let whole = length.div_euclid(step);
                let is_rest = length.rem_euclid(step) > 0 || includes_end;
                Some(whole.saturating_add(i64::from(is_rest)))
            }
            Scale::Real { from, to, step, includes_end } => {
                let length = (to? - from.unwrap_or(0.0)) / step;
                let is_rest = length.fract() > 0.0 || includes_end;
                Some((length.floor() as i64).saturating_add(i64::from(is_rest)))
            }
        }
    }

    /// Where a bin begins.
    #[expect(clippy::cast_precision_loss, reason = "bins are few")]
    pub(crate) fn value(&self, bin: i64) -> Dynamic {
        match self.scale {
            Scale::Whole { from, step, .. } => {
                let value = bin.saturating_mul(step).saturating_add(from.unwrap_or(0));
                match self.ty {
                    Type::DateTime => Dynamic::DateTime(value),
                    Type::TimeSpan => Dynamic::TimeSpan(value),
                    _ => Dynamic::Long(value),
                }
            }
            Scale::Real { from, step, .. } => {
                Dynamic::Real((bin as f64).mul_add(step, from.unwrap_or(0.0)))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whole(from: Option<i64>, to: Option<i64>, step: i64, includes_end: bool) -> Axis {
        Axis { ty: Type::Long, scale: Scale::Whole { from, to, step, includes_end } }
    }

    #[test]
    fn counts_bins() {
        let axis = whole(Some(1), Some(10), 2, false);
        let bins: Vec<_> = [0, 1, 2, 3, 9, 10].map(|value| axis.whole(value)).to_vec();
        assert_eq!(bins, [None, Some(0), Some(0), Some(1), Some(4), None]);
        assert_eq!(axis.range(1, 1), Some(0..5));
        assert_eq!(axis.value(4), Dynamic::Long(9));
        assert_eq!(whole(Some(1), Some(9), 2, false).range(0, 0), Some(0..4));
        assert_eq!(whole(Some(1), Some(9), 2, true).range(0, 0), Some(0..5));
        assert_eq!(whole(Some(1), Some(1), 2, false).range(0, 0), None);
    }

    #[test]
    fn without_bounds_the_data_say() {
        let axis = whole(None, None, 10, false);
        assert_eq!(axis.whole(-1), Some(-1));
        assert_eq!(axis.whole(25), Some(2));
        assert_eq!(axis.range(-1, 2), Some(-1..3));
        assert_eq!(axis.value(-1), Dynamic::Long(-10));
        assert_eq!(whole(None, Some(41), 10, false).range(2, 3), Some(2..5));
    }

    #[test]
    fn reals() {
        let scale = Scale::Real { from: Some(0.5), to: Some(2.0), step: 0.5, includes_end: false };
        let axis = Axis { ty: Type::Real, scale };
        assert_eq!(axis.real(1.9), Some(2));
        assert_eq!(axis.real(2.0), None);
        assert_eq!(axis.range(0, 0), Some(0..3));
        assert_eq!(axis.value(2), Dynamic::Real(1.5));
    }
}
