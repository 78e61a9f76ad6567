//! Scalars inside dynamics to other types, and other types to dynamics.

use kql_semantics::number::{self, RealText};
use kql_semantics::time::{DateTimeText, TimeSpanText};
use kql_semantics::value::GuidText;

use crate::prelude::*;

/// Reads a dynamic's text where it holds a scalar; arrays, bags and null turn into nothing.
#[must_use]
pub fn parse(text: &str) -> Option<Dynamic> {
    if text.trim_start().starts_with(['[', '{']) {
        return None;
    }
    Dynamic::parse(text).ok().filter(|value| *value != Dynamic::Null)
}

/// A scalar as a whole number: the whole part, the ticks, or what a string says.
#[must_use]
pub fn long(value: &Dynamic) -> Option<i64> {
    match value {
        Dynamic::Bool(value) => Some(i64::from(*value)),
        Dynamic::Long(value) | Dynamic::DateTime(value) | Dynamic::TimeSpan(value) => Some(*value),
        Dynamic::Real(value) => super::real_to_long(*value),
        Dynamic::Decimal(value) => value.trunc_to_i64(),
        Dynamic::String(text) => number::parse_long(text),
        Dynamic::Null | Dynamic::Guid(_) | Dynamic::Array(_) | Dynamic::Bag(_) => None,
    }
}

/// A scalar as a double.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "what Kusto does when it widens")]
pub fn real(value: &Dynamic) -> Option<f64> {
    match value {
        Dynamic::Real(value) => Some(*value),
        Dynamic::Decimal(value) => Some(value.to_f64()),
        Dynamic::String(text) => number::parse_real(text),
        value => long(value).map(|value| value as f64),
    }
}

/// A scalar as a decimal.
#[must_use]
pub fn decimal(value: &Dynamic) -> Option<Decimal> {
    match value {
        Dynamic::Real(value) => Decimal::from_f64(*value),
        Dynamic::Decimal(value) => Some(*value),
        Dynamic::String(text) => text.parse().ok(),
        value => long(value).map(Decimal::from),
    }
}

/// A scalar as a truth value.
#[must_use]
pub fn bool(value: &Dynamic) -> Option<bool> {
    match value {
        Dynamic::String(text) => number::parse_bool(text),
        Dynamic::Real(value) => Some(*value != 0.0),
        value => long(value).map(|value| value != 0),
    }
}

/// The first argument as dynamics.
pub(super) fn to_dynamic(arguments: &Arguments<'_>) -> Answer {
    // Writing to a string can not fail.
    match arguments.ty(0) {
        Type::Bool => {
            let values = arguments.bools(0)?;
            write(
                arguments,
                |row| values.at(row),
                |value, text| {
                    text.push_str(if value { "true" } else { "false" });
                },
            )
        }
        Type::Int | Type::Long => {
            let values = arguments.longs(0)?;
            write(
                arguments,
                |row| values.at(row),
                |value, text| {
                    let _ = write!(text, "{value}");
                },
            )
        }
        Type::Real => {
            let values = arguments.reals(0)?;
            write(
                arguments,
                |row| values.at(row),
                |value: f64, text| {
                    let _ = match value.is_finite() {
                        true => write!(text, "{}", RealText(value)),
                        false => write!(text, "\"\u{1}r{}\"", RealText(value)),
                    };
                },
            )
        }
        Type::Decimal => {
            let values = arguments.decimals(0)?;
            write(arguments, |row| values.at(row), |value, text| tagged('m', value, text))
        }
        Type::DateTime => {
            let values = arguments.longs(0)?;
            let get = |row| values.at(row).map(DateTimeText);
            write(arguments, get, |value, text| tagged('d', value, text))
        }
        Type::TimeSpan => {
            let values = arguments.longs(0)?;
            let get = |row| values.at(row).map(TimeSpanText);
            write(arguments, get, |value, text| tagged('t', value, text))
        }
        Type::Guid => {
            let values = arguments.guids(0)?;
            let get = |row| values.at(row).map(GuidText);
            write(arguments, get, |value, text| tagged('g', value, text))
        }
        Type::String => {
            let values = arguments.strings(0)?;
            let get = |row| Some(values.at(row));
            write(arguments, get, kql_semantics::dynamic::write_string)
        }
        Type::Dynamic | Type::Unknown => super::same(arguments),
    }
}

fn write<T>(
    arguments: &Arguments<'_>,
    get: impl Fn(usize) -> Option<T>,
    write: impl Fn(T, &mut String),
) -> Answer {
    arguments.make_dynamics(|row, text| match get(row) {
        Some(value) => {
            write(value, text);
            true
        }
        None => false,
    })
}

fn tagged(letter: char, value: impl std::fmt::Display, text: &mut String) {
    let _ = write!(text, "\"\u{1}{letter}{value}\"");
}
