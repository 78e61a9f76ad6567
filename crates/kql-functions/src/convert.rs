//! One type turned into another: `tolong`, `tostring`, `todatetime` and the rest, and what Kusto does unasked.
//!
//! What can not be turned is null, never an error.

use arrow::array::{Array, PrimitiveArray};
use arrow::compute::unary;
use arrow::datatypes::Int32Type;
use kql_semantics::time::{self, MAX_DATETIME};
use kql_semantics::{number, value};

use crate::prelude::*;
use crate::prepared::Prepared;

pub mod dynamic;
mod string;

/// An argument turned into another type, as an array of as many values as its own.
pub fn argument(arguments: &Arguments<'_>, index: usize, to: Type) -> Answer {
    arguments.only(index, to, |one| column(one, to))?
}

/// An array that holds values of one type turned into another.
pub fn array(array: ArrayRef, from: Type, to: Type) -> Answer {
    let (rows, prepared) = (array.len(), Prepared::default());
    column(&Arguments::new(&[array], &[false], &[from], to, rows, &prepared), to)
}

/// The first argument turned into another type.
pub fn column(arguments: &Arguments<'_>, to: Type) -> Answer {
    match (arguments.ty(0), to) {
        (from, to) if from == to => same(arguments),
        (_, Type::Bool) => to_bool(arguments),
        (_, Type::Int) => to_int(arguments),
        (_, Type::Long) => to_long(arguments),
        (_, Type::Real) => to_real(arguments),
        (_, Type::Decimal) => to_decimal(arguments),
        (_, Type::String) => string::to_string(arguments),
        (_, Type::DateTime) => to_datetime(arguments),
        (_, Type::TimeSpan) => to_timespan(arguments),
        (_, Type::Guid) => to_guid(arguments),
        (_, Type::Dynamic | Type::Unknown) => dynamic::to_dynamic(arguments),
    }
}

/// The array as it is, spread over the rows where it is one constant.
fn same(arguments: &Arguments<'_>) -> Answer {
    let array = arguments.array(0)?;
    if array.len() == arguments.rows() {
        return Ok(Arc::clone(array));
    }
    let rows = arrow::array::UInt32Array::from(vec![0; arguments.rows()]);
    arrow::compute::take(array, &rows, None).map_err(|error| KernelError(error.to_string()))
}

fn to_bool(arguments: &Arguments<'_>) -> Answer {
    match arguments.ty(0) {
        Type::Real | Type::Decimal => {
            let values = arguments.reals(0)?;
            arguments.make_bools(|row| values.at(row).map(|value| value != 0.0))
        }
        Type::String => {
            let texts = arguments.strings(0)?;
            arguments.make_bools(|row| number::parse_bool(texts.at(row)))
        }
        Type::Dynamic | Type::Unknown => {
            let values = arguments.dynamics(0)?;
            arguments.make_bools(|row| dynamic::bool(&dynamic::parse(values.at(row)?)?))
        }
        Type::Guid => arguments.make_bools(|_| None),
        _ => {
            let values = arguments.longs(0)?;
            arguments.make_bools(|row| values.at(row).map(|value| value != 0))
        }
    }
}

/// Whole numbers wrap around to 32 bits; reals stop at the last of them.
#[expect(clippy::cast_possible_truncation, reason = "what Kusto does")]
fn to_int(arguments: &Arguments<'_>) -> Answer {
    match arguments.ty(0) {
        Type::Bool => {
            let values = arguments.bools(0)?;
            arguments.make_ints(|row| values.at(row).map(i32::from))
        }
        Type::Real => {
            let values = arguments.reals(0)?;
            arguments
                .make_ints(|row| Some(values.at(row)?).filter(|v| v.is_finite()).map(|v| v as i32))
        }
        Type::Decimal => {
            let values = arguments.decimals(0)?;
            arguments.make_ints(|row| values.at(row)?.trunc_to_i64().map(|value| value as i32))
        }
        Type::String => {
            let texts = arguments.strings(0)?;
            arguments.make_ints(|row| number::parse_int(texts.at(row)))
        }
        Type::Dynamic | Type::Unknown => {
            let values = arguments.dynamics(0)?;
            arguments.make_ints(|row| match dynamic::parse(values.at(row)?)? {
                Dynamic::String(text) => number::parse_int(&text),
                Dynamic::Real(value) => Some(value as i32),
                value => dynamic::long(&value).map(|value| value as i32),
            })
        }
        Type::Guid => arguments.make_ints(|_| None),
        _ => {
            let narrow: PrimitiveArray<Int32Type> =
                unary(&arguments.long_array(0)?, |value| value as i32);
            spread(arguments, Arc::new(narrow))
        }
    }
}

fn to_long(arguments: &Arguments<'_>) -> Answer {
    match arguments.ty(0) {
        Type::Bool => {
            let values = arguments.bools(0)?;
            arguments.make_longs(|row| values.at(row).map(i64::from))
        }
        Type::Real => {
            let values = arguments.reals(0)?;
            let convert =
                if arguments.is_constant(0) { constant_real_to_long } else { real_to_long };
            arguments.make_longs(|row| convert(values.at(row)?))
        }
        Type::Decimal => {
            let values = arguments.decimals(0)?;
            arguments.make_longs(|row| values.at(row)?.trunc_to_i64())
        }
        Type::String => {
            let texts = arguments.strings(0)?;
            arguments.make_longs(|row| number::parse_long(texts.at(row)))
        }
        Type::Dynamic | Type::Unknown => {
            let values = arguments.dynamics(0)?;
            arguments.make_longs(|row| dynamic::long(&dynamic::parse(values.at(row)?)?))
        }
        Type::Guid => arguments.make_longs(|_| None),
        _ => spread(arguments, Arc::new(arguments.long_array(0)?)),
    }
}

/// The whole part; what is too large stops at the last number, and what is not finite is null.
#[expect(clippy::cast_possible_truncation, reason = "it saturates")]
pub(crate) fn real_to_long(value: f64) -> Option<i64> {
    value.is_finite().then_some(value as i64)
}

/// The engine computes constants before the query runs, and what is too large becomes the least number there.
fn constant_real_to_long(value: f64) -> Option<i64> {
    match real_to_long(value) {
        Some(i64::MAX) => Some(i64::MIN),
        long => long,
    }
}

fn to_real(arguments: &Arguments<'_>) -> Answer {
    match arguments.ty(0) {
        Type::Bool => {
            let values = arguments.bools(0)?;
            arguments.make_reals(|row| values.at(row).map(|value| f64::from(u8::from(value))))
        }
        Type::String => {
            let texts = arguments.strings(0)?;
            arguments.make_reals(|row| number::parse_real(texts.at(row)))
        }
        Type::Dynamic | Type::Unknown => {
            let values = arguments.dynamics(0)?;
            arguments.make_reals(|row| dynamic::real(&dynamic::parse(values.at(row)?)?))
        }
        Type::Guid => arguments.make_reals(|_| None),
        _ => spread(arguments, Arc::new(arguments.real_array(0)?)),
    }
}

fn to_decimal(arguments: &Arguments<'_>) -> Answer {
    match arguments.ty(0) {
        Type::Bool => {
            let values = arguments.bools(0)?;
            arguments.make_decimals(|row| values.at(row).map(|value| i64::from(value).into()))
        }
        Type::String => {
            let texts = arguments.strings(0)?;
            arguments.make_decimals(|row| texts.at(row).parse().ok())
        }
        Type::Dynamic | Type::Unknown => {
            let values = arguments.dynamics(0)?;
            arguments.make_decimals(|row| dynamic::decimal(&dynamic::parse(values.at(row)?)?))
        }
        Type::Guid => arguments.make_decimals(|_| None),
        _ => {
            let values = arguments.any_decimals(0)?;
            arguments.make_decimals(|row| values.at(row))
        }
    }
}

/// Numbers are ticks.
fn to_datetime(arguments: &Arguments<'_>) -> Answer {
    let in_range = |ticks: &i64| (0..=MAX_DATETIME).contains(ticks);
    match arguments.ty(0) {
        Type::Real | Type::Decimal => {
            let values = arguments.reals(0)?;
            arguments.make_longs(|row| real_to_long(values.at(row)?).filter(in_range))
        }
        Type::String => {
            let texts = arguments.strings(0)?;
            arguments.make_longs(|row| time::parse_datetime(texts.at(row)))
        }
        Type::Dynamic | Type::Unknown => {
            let values = arguments.dynamics(0)?;
            arguments.make_longs(|row| match dynamic::parse(values.at(row)?)? {
                Dynamic::String(text) => time::parse_datetime(&text),
                Dynamic::Bool(_) => None,
                value => dynamic::long(&value).filter(in_range),
            })
        }
        Type::Guid | Type::Bool => arguments.make_longs(|_| None),
        _ => {
            let values = arguments.longs(0)?;
            arguments.make_longs(|row| values.at(row).filter(in_range))
        }
    }
}

/// Numbers are ticks.
fn to_timespan(arguments: &Arguments<'_>) -> Answer {
    match arguments.ty(0) {
        Type::String => {
            let texts = arguments.strings(0)?;
            arguments.make_longs(|row| time::parse_timespan_text(texts.at(row)))
        }
        Type::Dynamic | Type::Unknown => {
            let values = arguments.dynamics(0)?;
            arguments.make_longs(|row| match dynamic::parse(values.at(row)?)? {
                Dynamic::String(text) => time::parse_timespan_text(&text),
                value => dynamic::long(&value),
            })
        }
        _ => to_long(arguments),
    }
}

fn to_guid(arguments: &Arguments<'_>) -> Answer {
    match arguments.ty(0) {
        Type::String => {
            let texts = arguments.strings(0)?;
            arguments.make_guids(|row| value::parse_guid(texts.at(row)))
        }
        Type::Dynamic | Type::Unknown => {
            let values = arguments.dynamics(0)?;
            arguments.make_guids(|row| match dynamic::parse(values.at(row)?)? {
                Dynamic::String(text) => value::parse_guid(&text),
                Dynamic::Guid(value) => Some(value),
                _ => None,
            })
        }
        _ => arguments.make_guids(|_| None),
    }
}

/// An array that was computed from the first argument's, of one value where that is constant, spread over the rows.
fn spread(arguments: &Arguments<'_>, array: ArrayRef) -> Answer {
    let ty = arguments.result();
    arguments.replacing(0, array, ty, same)
}
