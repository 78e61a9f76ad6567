//! Scalars inside dynamics to other types, and other types to dynamics.

use kql_semantics::number::{self, RealText};
use kql_semantics::time::{DateTimeText, TimeSpanText};
use kql_semantics::value::GuidText;

use crate::arguments::{Bools, Decimals, Dynamics, Guids, Longs, Reals, Strings};
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
    if matches!(arguments.ty(0), Type::Dynamic | Type::Unknown) {
        return super::same(arguments);
    }
    let values = Texts::new(arguments, 0)?;
    arguments.make_dynamics(|row, text| {
        values.write(row, text);
        true
    })
}

/// An argument of any type as the JSON texts of dynamics.
pub enum Texts<'a> {
    /// A `bool`.
    Bool(Bools<'a>),
    /// An `int` or `long`.
    Long(Longs<'a>),
    /// A `real`.
    Real(Reals<'a>),
    /// A `decimal`.
    Decimal(Decimals<'a>),
    /// A `datetime`.
    DateTime(Longs<'a>),
    /// A `timespan`.
    TimeSpan(Longs<'a>),
    /// A `guid`.
    Guid(Guids<'a>),
    /// A `string`.
    String(Strings<'a>),
    /// A `dynamic`.
    Dynamic(Dynamics<'a>),
}

impl<'a> Texts<'a> {
    /// Of one argument.
    pub fn new(arguments: &Arguments<'a>, index: usize) -> Result<Self, KernelError> {
        Ok(match arguments.ty(index) {
            Type::Bool => Self::Bool(arguments.bools(index)?),
            Type::Int | Type::Long => Self::Long(arguments.longs(index)?),
            Type::Real => Self::Real(arguments.reals(index)?),
            Type::Decimal => Self::Decimal(arguments.decimals(index)?),
            Type::DateTime => Self::DateTime(arguments.longs(index)?),
            Type::TimeSpan => Self::TimeSpan(arguments.longs(index)?),
            Type::Guid => Self::Guid(arguments.guids(index)?),
            Type::String => Self::String(arguments.strings(index)?),
            Type::Dynamic | Type::Unknown => Self::Dynamic(arguments.dynamics(index)?),
        })
    }

    /// Writes the value of a row; `null` where it is null.
    pub fn write(&self, row: usize, text: &mut String) {
        let is_written = match self {
            Self::Bool(values) => put(values.at(row), text, |value, text| {
                text.push_str(if value { "true" } else { "false" });
            }),
            Self::Long(values) => put(values.at(row), text, |value, text| {
                // Writing to a string can not fail, here and below.
                let _ = write!(text, "{value}");
            }),
            Self::Real(values) => put(values.at(row), text, write_real),
            Self::Decimal(values) => {
                put(values.at(row), text, |value, text| tagged('m', value, text))
            }
            Self::DateTime(values) => {
                put(values.at(row).map(DateTimeText), text, |value, text| tagged('d', value, text))
            }
            Self::TimeSpan(values) => {
                put(values.at(row).map(TimeSpanText), text, |value, text| tagged('t', value, text))
            }
            Self::Guid(values) => {
                put(values.at(row).map(GuidText), text, |value, text| tagged('g', value, text))
            }
            Self::String(values) => {
                put(Some(values.at(row)), text, kql_semantics::dynamic::write_string)
            }
            Self::Dynamic(values) => put(values.at(row), text, |value, text| text.push_str(value)),
        };
        if !is_written {
            text.push_str("null");
        }
    }
}

/// Writes a double as dynamics hold it.
pub fn write_real(value: f64, text: &mut String) {
    let _ = match value.is_finite() {
        true => write!(text, "{}", RealText(value)),
        false => write!(text, "\"\u{1}r{}\"", RealText(value)),
    };
}

fn put<T>(value: Option<T>, text: &mut String, write: impl Fn(T, &mut String)) -> bool {
    value.map(|value| write(value, text)).is_some()
}

fn tagged(letter: char, value: impl std::fmt::Display, text: &mut String) {
    let _ = write!(text, "\"\u{1}{letter}{value}\"");
}
