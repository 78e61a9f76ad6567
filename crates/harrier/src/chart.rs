//! A result as `render` wants it drawn: read from a table, shown in a terminal or as a page.

mod page;
mod read;
mod text;

pub use page::page;
pub use read::chart;
pub use text::text;

use serde::Serialize;

/// What `render` can draw.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ChartKind {
    /// Lines over an axis: `timechart`, `linechart`, `anomalychart`, `ladderchart`.
    Line,
    /// Filled lines: `areachart`, `stackedareachart`.
    Area,
    /// Upright bars: `columnchart`.
    Column,
    /// Lying bars: `barchart`.
    Bar,
    /// Shares of a whole: `piechart`.
    Pie,
    /// Points: `scatterchart`.
    Scatter,
    /// One value, large: `card`.
    Card,
}

/// A drawing, before it is drawn.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Chart {
    /// How it is drawn.
    pub kind: ChartKind,
    /// What stands above it; empty where nothing was said.
    pub title: String,
    /// What the axis means: a column's name.
    pub x_title: String,
    /// The places on the axis, in order.
    pub x: Axis,
    /// What is drawn, one value for each place.
    pub series: Vec<Series>,
}

/// The axis from left to right.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "kind", content = "values", rename_all = "kebab-case")]
pub enum Axis {
    /// Instants. **Unit**: ticks since the year 1.
    Time(Vec<i64>),
    /// Numbers.
    Number(Vec<f64>),
    /// Names, side by side.
    Category(Vec<String>),
}

impl Axis {
    /// How many places it has.
    #[must_use]
    pub fn len(&self) -> usize {
        match self {
            Self::Time(values) => values.len(),
            Self::Number(values) => values.len(),
            Self::Category(values) => values.len(),
        }
    }

    /// Whether it has none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// What a place is called.
    #[must_use]
    pub fn label(&self, at: usize) -> String {
        match self {
            Self::Time(values) => values.get(at).map_or_else(String::new, |ticks| {
                let text = kql_semantics::time::DateTimeText(*ticks).to_string();
                text.get(..16).unwrap_or(&text).replace('T', " ")
            }),
            Self::Number(values) => values.get(at).map_or_else(String::new, ToString::to_string),
            Self::Category(values) => values.get(at).cloned().unwrap_or_default(),
        }
    }

    /// Where a place is, from 0 at the first to 1 at the last.
    #[must_use]
    pub fn position(&self, at: usize) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "a place in a picture")]
        let numbers: (f64, f64, f64) = match self {
            Self::Time(values) => {
                let (first, last) = (values.first().copied(), values.last().copied());
                let value = |ticks: Option<i64>| ticks.unwrap_or_default() as f64;
                (value(values.get(at).copied()), value(first), value(last))
            }
            Self::Number(values) => {
                let value = |number: Option<&f64>| number.copied().unwrap_or_default();
                (value(values.get(at)), value(values.first()), value(values.last()))
            }
            Self::Category(values) => (at as f64, 0.0, values.len().saturating_sub(1) as f64),
        };
        let (value, first, last) = numbers;
        if last > first { ((value - first) / (last - first)).clamp(0.0, 1.0) } else { 0.5 }
    }
}

/// Values along the axis.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Series {
    /// Its name.
    pub name: String,
    /// One for each place; none where there is no value.
    pub values: Vec<Option<f64>>,
}

/// How many series are drawn; more would not be told apart.
const MOST_SERIES: usize = 24;
/// How many places an axis has at most.
const MOST_PLACES: usize = 20_000;
