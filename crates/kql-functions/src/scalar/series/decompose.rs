//! Series taken apart into what repeats, a trend and the rest.

use super::line::Line;
use super::outliers::percentile;
use super::period;
use super::{Number, number_or, numbers, string_or};
use crate::prelude::*;

/// What is known of the length of a period.
#[derive(Clone, Copy, Debug)]
pub(super) enum Season {
    /// Nothing repeats.
    None,
    /// It is so long.
    Period(usize),
    /// It is to be found, as surely as this.
    Unknown(f64),
}

impl Season {
    /// How surely a period must be found.
    pub(super) const THRESHOLD: f64 = 0.6;

    /// Of an argument: -1 to look for one, 0 for none.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "range checked")]
    pub(super) fn new(period: Option<f64>, threshold: f64) -> Result<Self, KernelError> {
        match period {
            None | Some(-1.0) => Ok(Self::Unknown(threshold)),
            Some(0.0) => Ok(Self::None),
            Some(period @ 1.0..1e9) => Ok(Self::Period(period as usize)),
            Some(_) => Err(KernelError::new("a period must be -1, 0 or positive")),
        }
    }
}

/// A series taken apart.
pub(super) struct Decomposed {
    pub(super) baseline: Vec<f64>,
    pub(super) seasonal: Vec<f64>,
    pub(super) trend: Vec<f64>,
    /// None where the series has no number.
    pub(super) residual: Vec<Option<f64>>,
}

/// The places of arguments.
pub(super) struct Settings {
    pub(super) period: usize,
    pub(super) trend: usize,
    pub(super) test_points: usize,
    pub(super) threshold: usize,
    pub(super) default_trend: &'static str,
}

/// Takes apart the series of each row; `write` writes what is asked of it.
pub(super) fn rows(
    arguments: &Arguments<'_>,
    places: &Settings,
    write: impl Fn(&Decomposed, usize, &mut String) -> Result<(), KernelError>,
) -> Answer {
    let series = arguments.dynamics(0)?;
    super::dynamics(arguments, |row, text| {
        let Some(values) = numbers(series.at(row)) else { return Ok(false) };
        let values: Vec<Option<f64>> = values.iter().map(|value| value.map(Number::real)).collect();
        let threshold = number_or(arguments, places.threshold, row, Season::THRESHOLD)?;
        let threshold = threshold.unwrap_or(Season::THRESHOLD);
        let season = Season::new(number_or(arguments, places.period, row, -1.0)?, threshold)?;
        let trend = Trend::parse(string_or(arguments, places.trend, row, places.default_trend)?)?;
        let test_points = super::count(number_or(arguments, places.test_points, row, 0.0)?);
        let learned = values.len().saturating_sub(test_points);
        write(&decompose(&values, learned, season, trend), row, text)?;
        Ok(true)
    })
}

/// How a trend is found.
#[derive(Clone, Copy, Debug)]
enum Trend {
    None,
    Average,
    Line,
}

impl Trend {
    fn parse(name: &str) -> Result<Self, KernelError> {
        match name.to_ascii_lowercase().as_str() {
            "avg" => Ok(Self::Average),
            "linefit" => Ok(Self::Line),
            "none" => Ok(Self::None),
            _ => Err(KernelError::new(format!("`{name}` is neither `avg`, `linefit` nor `none`"))),
        }
    }
}

/// First what repeats, then the trend of the rest; learned from the first `learned` elements.
fn decompose(values: &[Option<f64>], learned: usize, season: Season, trend: Trend) -> Decomposed {
    let seasonal = seasonal(values, learned, season);
    let rest: Vec<Option<f64>> =
        values.iter().zip(&seasonal).map(|(value, part)| value.map(|value| value - part)).collect();
    let trend = trend_of(rest.get(..learned).unwrap_or_default(), values.len(), trend);
    let baseline: Vec<f64> = seasonal.iter().zip(&trend).map(|(a, b)| a + b).collect();
    let residual =
        values.iter().zip(&baseline).map(|(value, base)| value.map(|value| value - base)).collect();
    Decomposed { baseline, seasonal, trend, residual }
}

/// The median of the elements at the same place of all periods; 0 everywhere where nothing repeats.
pub(super) fn seasonal(values: &[Option<f64>], learned: usize, season: Season) -> Vec<f64> {
    let known = values.get(..learned).unwrap_or_default();
    let period = match season {
        Season::None => None,
        Season::Period(period) => Some(period),
        Season::Unknown(threshold) => period::find(known, threshold),
    };
    let Some(period) = period.filter(|period| *period <= known.len()) else {
        return vec![0.0; values.len()];
    };
    let median = |phase: usize| {
        let mut of_phase: Vec<f64> =
            known.iter().skip(phase).step_by(period).flatten().copied().collect();
        of_phase.sort_by(f64::total_cmp);
        if of_phase.is_empty() { 0.0 } else { percentile(&of_phase, 50.0) }
    };
    let medians: Vec<f64> = (0..period).map(median).collect();
    medians.iter().cycle().take(values.len()).copied().collect()
}

/// The trend over so many elements, learned from the first ones.
#[expect(clippy::cast_precision_loss, reason = "lengths are small")]
fn trend_of(known: &[Option<f64>], length: usize, trend: Trend) -> Vec<f64> {
    let numbers: Vec<f64> = known.iter().flatten().copied().collect();
    if numbers.is_empty() {
        return vec![0.0; length];
    }
    let average = numbers.iter().sum::<f64>() / numbers.len() as f64;
    match trend {
        Trend::None => vec![0.0; length],
        Trend::Average => vec![average; length],
        Trend::Line => {
            let filled: Vec<f64> = known.iter().map(|value| value.unwrap_or(average)).collect();
            let (slope, start) =
                Line::fit(&filled).map_or((0.0, average), |line| (line.slope, line.interception));
            (0..length).map(|index| start + slope * index as f64).collect()
        }
    }
}
