//! Tukey's fences: how far values lie outside of the bulk of them.

use crate::prelude::*;

/// By which percentiles the bulk is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fence {
    /// The 25th and the 75th.
    Tukey,
    /// The 10th and the 90th.
    Custom,
}

impl Fence {
    pub(super) fn parse(name: &str) -> Result<Self, KernelError> {
        match name.to_ascii_lowercase().as_str() {
            "tukey" => Ok(Self::Tukey),
            "ctukey" => Ok(Self::Custom),
            _ => Err(KernelError::new(format!("`{name}` is neither `ctukey` nor `tukey`"))),
        }
    }

    pub(super) const fn percentiles(self) -> (f64, f64) {
        match self {
            Self::Tukey => (25.0, 75.0),
            Self::Custom => (10.0, 90.0),
        }
    }

    /// What makes a score of 1.5 mean the same for both, of values that are normally distributed.
    ///
    /// **Source**: the ratio in published answers of the real engine, which knows the normal distribution but nearly.
    const fn factor(self) -> f64 {
        match self {
            Self::Tukey => 1.0,
            Self::Custom => 2.772_605_605_507_916,
        }
    }
}

/// The score of each value; 0 for what is not there.
pub(super) fn scores(values: &[Option<f64>], fence: Fence) -> Vec<f64> {
    let mut sorted: Vec<f64> = values.iter().flatten().copied().filter(|v| !v.is_nan()).collect();
    sorted.sort_by(f64::total_cmp);
    let (low, high) = fence.percentiles();
    let (low, high) = (percentile(&sorted, low), percentile(&sorted, high));
    let range = high - low;
    let score = |value: &Option<f64>| match value {
        Some(value) if *value > high => (value - high) / range * fence.factor(),
        Some(value) if *value < low => (value - low) / range * fence.factor(),
        _ => 0.0,
    };
    values.iter().map(score).collect()
}

/// A percentile, on the line between its neighbours; NaN of nothing.
#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "places of a sorted array"
)]
pub(super) fn percentile(sorted: &[f64], percent: f64) -> f64 {
    let place = percent / 100.0 * (sorted.len().saturating_sub(1)) as f64;
    let (below, share) = (place.floor(), place.fract());
    let at = |index: usize| sorted.get(index).copied();
    match (at(below as usize), at(below as usize + 1)) {
        (Some(a), Some(b)) => a + (b - a) * share,
        (Some(a), None) => a,
        _ => f64::NAN,
    }
}
