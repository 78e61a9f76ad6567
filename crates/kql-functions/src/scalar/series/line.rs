//! Lines that fit series.

use super::{real_text, reals, reals_text};
use crate::prelude::*;

/// A line through points over 0, 1, 2, ...
pub(super) struct Line {
    pub(super) slope: f64,
    pub(super) interception: f64,
    points: Vec<f64>,
    variance: f64,
    residual_variance: f64,
}

/// Sums over a stretch of points from which its line follows.
#[derive(Clone, Copy, Default)]
struct Sums {
    count: f64,
    x: f64,
    y: f64,
    xx: f64,
    xy: f64,
    yy: f64,
}

impl Sums {
    fn add(&mut self, x: f64, y: f64) {
        self.count += 1.0;
        self.x += x;
        self.y += y;
        self.xx += x * x;
        self.xy += x * y;
        self.yy += y * y;
    }

    fn without(self, other: Self) -> Self {
        Self {
            count: self.count - other.count,
            x: self.x - other.x,
            y: self.y - other.y,
            xx: self.xx - other.xx,
            xy: self.xy - other.xy,
            yy: self.yy - other.yy,
        }
    }

    /// The squares that the best line leaves.
    fn left(self) -> f64 {
        let spread = self.xx - self.x * self.x / self.count;
        let common = self.xy - self.x * self.y / self.count;
        let total = self.yy - self.y * self.y / self.count;
        if spread > 0.0 { total - common * common / spread } else { total }
    }
}

impl Line {
    /// The line with the least squares; none through no points.
    #[expect(clippy::cast_precision_loss, reason = "lengths are small")]
    pub(super) fn fit(values: &[f64]) -> Option<Self> {
        let count = values.len() as f64;
        if values.is_empty() {
            return None;
        }
        // Around the middle, where nothing large cancels out.
        let middle = (count - 1.0) / 2.0;
        let mean = values.iter().sum::<f64>() / count;
        let (mut spread, mut common) = (0.0, 0.0);
        for (index, value) in values.iter().enumerate() {
            let x = index as f64 - middle;
            spread += x * x;
            common += x * (value - mean);
        }
        let slope = if spread > 0.0 { common / spread } else { 0.0 };
        let interception = mean - slope * middle;
        let points: Vec<f64> =
            (0..values.len()).map(|index| interception + slope * index as f64).collect();
        let squares = |of: &dyn Fn(usize, f64) -> f64| {
            values.iter().enumerate().map(|(i, v)| of(i, *v) * of(i, *v)).sum::<f64>()
        };
        let freedom = (count - 1.0).max(1.0);
        let variance = squares(&|_, value| value - mean) / freedom;
        let residual_variance =
            squares(&|index, value| value - (interception + slope * index as f64)) / freedom;
        Some(Self { slope, interception, points, variance, residual_variance })
    }

    /// Its names and values, as results come.
    pub(super) fn texts(&self) -> Vec<(&'static str, String)> {
        vec![
            ("rsquare", real_text(explained(self.variance, self.residual_variance))),
            ("slope", real_text(self.slope)),
            ("variance", real_text(self.variance)),
            ("rvariance", real_text(self.residual_variance)),
            ("interception", real_text(self.interception)),
            ("line_fit", reals_text(&self.points)),
        ]
    }
}

/// How much of a variance is explained where so much is left.
pub(super) fn explained(variance: f64, left: f64) -> f64 {
    if variance > 0.0 { 1.0 - left / variance } else { 1.0 }
}

/// The two lines with the least squares, as names and values; none for less than four points.
#[expect(clippy::cast_precision_loss, reason = "lengths are small")]
pub(super) fn two_lines(values: &[f64]) -> Option<Vec<(&'static str, String)>> {
    if values.len() < 4 {
        return None;
    }
    let mean = values.iter().sum::<f64>() / values.len() as f64;
    let point = |index: usize| (index as f64, values.get(index).map_or(0.0, |value| value - mean));
    let mut total = Sums::default();
    (0..values.len()).map(point).for_each(|(x, y)| total.add(x, y));
    let mut left = Sums::default();
    let mut best = (f64::INFINITY, 2);
    for split in 1..values.len() - 1 {
        let (x, y) = point(split - 1);
        left.add(x, y);
        let squares = left.left() + total.without(left).left();
        if split >= 2 && squares < best.0 {
            best = (squares, split);
        }
    }
    let (before, behind) = values.split_at(best.1);
    let (first, second) = (Line::fit(before)?, Line::fit(behind)?);
    let points: Vec<f64> = first.points.iter().chain(&second.points).copied().collect();
    let freedom = (values.len() - 1) as f64;
    let variance = values.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / freedom;
    let residual: f64 = values.iter().zip(&points).map(|(a, b)| (a - b) * (a - b)).sum();
    let residual = residual / freedom;
    Some(vec![
        ("rsquare", real_text(explained(variance, residual))),
        ("split_idx", best.1.to_string()),
        ("variance", real_text(variance)),
        ("rvariance", real_text(residual)),
        ("line_fit", reals_text(&points)),
        ("right_rsquare", real_text(explained(second.variance, second.residual_variance))),
        ("right_slope", real_text(second.slope)),
        ("right_interception", real_text(second.interception)),
        ("right_variance", real_text(second.variance)),
        ("right_rvariance", real_text(second.residual_variance)),
        ("left_rsquare", real_text(explained(first.variance, first.residual_variance))),
        ("left_slope", real_text(first.slope)),
        ("left_interception", real_text(first.interception)),
        ("left_variance", real_text(first.variance)),
        ("left_rvariance", real_text(first.residual_variance)),
    ])
}

/// Writes something of each series that holds numbers only.
pub(super) fn each(
    arguments: &Arguments<'_>,
    write: impl Fn(&[f64], &mut String) -> bool,
) -> Answer {
    let series = arguments.dynamics(0)?;
    arguments.make_dynamics(|row, text| match reals(series.at(row)) {
        Some(values) => write(&values, text),
        None => false,
    })
}
