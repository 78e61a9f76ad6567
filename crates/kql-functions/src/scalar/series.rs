//! Functions of series: arrays of numbers.

use crate::convert::dynamic::{Texts, write_real};
use crate::json;
use crate::prelude::*;

mod decompose;
mod fill;
mod fourier;
mod line;
mod outliers;
mod period;
mod polynomial;
mod series_abs;
mod series_acos;
mod series_add;
mod series_asin;
mod series_atan;
mod series_ceiling;
mod series_cos;
mod series_cosine_similarity;
mod series_decompose;
mod series_decompose_anomalies;
mod series_decompose_forecast;
mod series_divide;
mod series_dot_product;
mod series_equals;
mod series_exp;
mod series_fft;
mod series_fill_backward;
mod series_fill_const;
mod series_fill_forward;
mod series_fill_linear;
mod series_fir;
mod series_fit_2lines;
mod series_fit_2lines_dynamic;
mod series_fit_line;
mod series_fit_line_dynamic;
mod series_fit_poly;
mod series_floor;
mod series_greater;
mod series_greater_equals;
mod series_ifft;
mod series_iir;
mod series_less;
mod series_less_equals;
mod series_log;
mod series_magnitude;
mod series_multiply;
mod series_not_equals;
mod series_outliers;
mod series_pearson_correlation;
mod series_pow;
mod series_product;
mod series_seasonal;
mod series_sign;
mod series_sin;
mod series_stats;
mod series_stats_dynamic;
mod series_subtract;
mod series_sum;
mod series_tan;
mod stats;

family![
    series_abs,
    series_acos,
    series_add,
    series_asin,
    series_atan,
    series_ceiling,
    series_cos,
    series_cosine_similarity,
    series_decompose,
    series_decompose_anomalies,
    series_decompose_forecast,
    series_divide,
    series_dot_product,
    series_equals,
    series_exp,
    series_fft,
    series_fill_backward,
    series_fill_const,
    series_fill_forward,
    series_fill_linear,
    series_fir,
    series_fit_2lines,
    series_fit_2lines_dynamic,
    series_fit_line,
    series_fit_line_dynamic,
    series_fit_poly,
    series_floor,
    series_greater,
    series_greater_equals,
    series_ifft,
    series_iir,
    series_less,
    series_less_equals,
    series_log,
    series_magnitude,
    series_multiply,
    series_not_equals,
    series_outliers,
    series_pearson_correlation,
    series_pow,
    series_product,
    series_seasonal,
    series_sign,
    series_sin,
    series_stats,
    series_stats_dynamic,
    series_subtract,
    series_sum,
    series_tan,
];

/// How many products of elements a filter may take for one series.
const MOST_STEPS: usize = 500_000_000;

/// A number of a series, which keeps whether it is whole.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Number {
    Long(i64),
    Real(f64),
}

impl Number {
    fn parse(text: &str) -> Option<Self> {
        if let Ok(value) = text.parse() {
            return Some(Self::Long(value));
        }
        match Dynamic::parse(text).ok()? {
            Dynamic::Real(value) => Some(Self::Real(value)),
            Dynamic::Decimal(value) => Some(Self::Real(value.to_f64())),
            _ => None,
        }
    }

    #[expect(clippy::cast_precision_loss, reason = "what Kusto does when it widens")]
    fn real(self) -> f64 {
        match self {
            Self::Long(value) => value as f64,
            Self::Real(value) => value,
        }
    }

    fn write(self, text: &mut String) {
        match self {
            // Writing to a string can not fail.
            Self::Long(value) => drop(write!(text, "{value}")),
            Self::Real(value) => write_real(value, text),
        }
    }
}

/// The numbers of an array, none for what is no number; nothing where the value is no array.
fn numbers(text: Option<&str>) -> Option<Vec<Option<Number>>> {
    let text = text.filter(|text| text.trim_start().starts_with('['))?;
    Some(json::elements(text).map(Number::parse).collect())
}

/// The numbers of an array as doubles; nothing where the value is no array, or holds anything else.
fn reals(text: Option<&str>) -> Option<Vec<f64>> {
    numbers(text)?.into_iter().map(|number| number.map(Number::real)).collect()
}

/// Writes an array; null for what is not there.
fn write_numbers(values: impl IntoIterator<Item = Option<Number>>, text: &mut String) {
    write_values(values, text, Number::write);
}

/// Writes an array of doubles.
fn write_reals(values: &[f64], text: &mut String) {
    write_values(values.iter().map(|value| Some(*value)), text, write_real);
}

fn write_values<T>(
    values: impl IntoIterator<Item = Option<T>>,
    text: &mut String,
    write: impl Fn(T, &mut String),
) {
    text.push('[');
    for (index, value) in values.into_iter().enumerate() {
        if index > 0 {
            text.push(',');
        }
        match value {
            Some(value) => write(value, text),
            None => text.push_str("null"),
        }
    }
    text.push(']');
}

/// A double as JSON.
fn real_text(value: f64) -> String {
    let mut text = String::new();
    write_real(value, &mut text);
    text
}

/// Doubles as a JSON array.
fn reals_text(values: &[f64]) -> String {
    let mut text = String::new();
    write_reals(values, &mut text);
    text
}

/// Doubles as a JSON array; null for what is not there.
fn options_text(values: &[Option<f64>]) -> String {
    let mut text = String::new();
    write_values(values.iter().copied(), &mut text, write_real);
    text
}

/// Writes a bag of names and JSON.
fn write_bag(entries: &[(&str, String)], text: &mut String) {
    text.push('{');
    for (index, (name, value)) in entries.iter().enumerate() {
        if index > 0 {
            text.push(',');
        }
        kql_semantics::dynamic::write_key(name, text);
        text.push_str(value);
    }
    text.push('}');
}

/// A number as a count; 0 where it is none.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it saturates")]
fn count(number: Option<f64>) -> usize {
    number.map_or(0, |number| number as usize)
}

/// Writes the results of a function that has several: an array of them.
fn write_results(results: &[&str], text: &mut String) {
    text.push('[');
    text.push_str(&results.join(","));
    text.push(']');
}

/// An optional argument's number; the default where it is not given, none where it is null.
fn number_or(
    arguments: &Arguments<'_>,
    index: usize,
    row: usize,
    default: f64,
) -> Result<Option<f64>, KernelError> {
    if index < arguments.len() { Ok(arguments.reals(index)?.at(row)) } else { Ok(Some(default)) }
}

/// An optional argument's string; the default where it is not given.
fn string_or<'a>(
    arguments: &Arguments<'a>,
    index: usize,
    row: usize,
    default: &'a str,
) -> Result<&'a str, KernelError> {
    if index < arguments.len() { Ok(arguments.strings(index)?.at(row)) } else { Ok(default) }
}

/// An optional argument's truth; none where it is not given or null.
fn truth(arguments: &Arguments<'_>, index: usize, row: usize) -> Result<Option<bool>, KernelError> {
    if index < arguments.len() { Ok(arguments.bools(index)?.at(row)) } else { Ok(None) }
}

/// Computes a dynamic a row; an error ends the query.
fn dynamics(
    arguments: &Arguments<'_>,
    mut write: impl FnMut(usize, &mut String) -> Result<bool, KernelError>,
) -> Answer {
    let mut error = None;
    let answer = arguments.make_dynamics(|row, text| match write(row, text) {
        Ok(is_there) => is_there,
        Err(found) => {
            error = Some(found);
            false
        }
    })?;
    error.map_or(Ok(answer), Err)
}

/// A series, or a number that stands for all elements of one.
enum Operand {
    Series(Vec<Option<Number>>),
    Number(Option<Number>),
}

impl Operand {
    fn new(values: &Texts<'_>, row: usize) -> Self {
        let mut text = String::new();
        values.write(row, &mut text);
        match numbers(Some(&text)) {
            Some(values) => Self::Series(values),
            None => Self::Number(Number::parse(&text)),
        }
    }

    fn at(&self, index: usize) -> Option<Number> {
        match self {
            Self::Series(values) => values.get(index).copied().flatten(),
            Self::Number(value) => *value,
        }
    }

    /// How many elements; none where it is a number.
    fn length(&self) -> Option<usize> {
        match self {
            Self::Series(values) => Some(values.len()),
            Self::Number(_) => None,
        }
    }
}

/// An array of what `compute` makes of two series' elements: null where one is no number or not there.
fn zip<T>(
    arguments: &Arguments<'_>,
    compute: impl Fn(Number, Number) -> T,
    write: impl Fn(T, &mut String),
) -> Answer {
    let (a, b) = (Texts::new(arguments, 0)?, Texts::new(arguments, 1)?);
    arguments.make_dynamics(|row, text| {
        let (a, b) = (Operand::new(&a, row), Operand::new(&b, row));
        let Some(length) = a.length().max(b.length()) else { return false };
        let values = (0..length).map(|index| Some(compute(a.at(index)?, b.at(index)?)));
        write_values(values, text, &write);
        true
    })
}

/// An array of what `compute` makes of a series' elements: null where one is no number.
fn map(arguments: &Arguments<'_>, compute: impl Fn(f64) -> Number) -> Answer {
    let series = arguments.dynamics(0)?;
    arguments.make_dynamics(|row, text| {
        let Some(values) = numbers(series.at(row)) else { return false };
        write_numbers(values.iter().map(|value| Some(compute(value.as_ref()?.real()))), text);
        true
    })
}

/// A real of a series; null where it holds anything but numbers.
fn fold(arguments: &Arguments<'_>, compute: impl Fn(&[f64]) -> f64) -> Answer {
    let series = arguments.dynamics(0)?;
    arguments.make_reals(|row| Some(compute(&reals(series.at(row))?)))
}
