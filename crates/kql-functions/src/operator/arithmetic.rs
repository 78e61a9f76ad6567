//! `+ - * / %` and the sign.
//!
//! Datetimes and timespans are counts of ticks here, which makes them whole numbers with a range: a datetime that leaves
//! the years 1 to 9999 is null, all else wraps around.

use arrow::datatypes::{Float64Type, Int64Type};
use kql_semantics::time::MAX_DATETIME;

use crate::prelude::*;

mod add;
mod divide;
mod dynamic;
mod modulo;
mod multiply;
mod negate;
mod subtract;

family![add, divide, modulo, multiply, subtract];

/// What an operator does with numbers of each kind; none for null.
trait Operation {
    /// Whether whole numbers always have an answer.
    const IS_TOTAL: bool;

    fn long(a: i64, b: i64) -> Option<i64>;
    fn real(a: f64, b: f64) -> f64;
    fn decimal(a: Decimal, b: Decimal) -> Option<Decimal>;
}

/// Computes an operator over two operands.
fn compute<O: Operation>(arguments: &Arguments<'_>) -> Answer {
    let (a, b) = (arguments.ty(0), arguments.ty(1));
    let is_any = |ty| a == ty || b == ty;
    match arguments.result() {
        _ if is_any(Type::Dynamic) => dynamic::compute::<O>(arguments),
        Type::Decimal => decimals::<O>(arguments),
        Type::Real => reals::<O>(arguments),
        // A timespan times a real, and the like.
        result if is_any(Type::Real) || is_any(Type::Decimal) => scaled::<O>(arguments, result),
        Type::DateTime => datetimes::<O>(arguments),
        _ => longs::<O>(arguments),
    }
}

fn longs<O: Operation>(arguments: &Arguments<'_>) -> Answer {
    let (a, b) = (arguments.long_array(0)?, arguments.long_array(1)?);
    if O::IS_TOTAL {
        let long = |a, b| O::long(a, b).unwrap_or_default();
        return arguments.zip::<Int64Type, Int64Type, Int64Type>(&a, &b, long);
    }
    arguments.zip_some::<Int64Type, Int64Type, Int64Type>(&a, &b, O::long)
}

fn datetimes<O: Operation>(arguments: &Arguments<'_>) -> Answer {
    let (a, b) = (arguments.long_array(0)?, arguments.long_array(1)?);
    arguments.zip_some::<Int64Type, Int64Type, Int64Type>(&a, &b, |a, b| {
        O::long(a, b).filter(|ticks| (0..=MAX_DATETIME).contains(ticks))
    })
}

fn reals<O: Operation>(arguments: &Arguments<'_>) -> Answer {
    let (a, b) = (arguments.real_array(0)?, arguments.real_array(1)?);
    arguments.zip::<Float64Type, Float64Type, Float64Type>(&a, &b, O::real)
}

/// Ticks and a real: computed as reals, what is left of a tick cut off.
#[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "range checked")]
fn scaled<O: Operation>(arguments: &Arguments<'_>, result: Type) -> Answer {
    let (a, b) = (arguments.real_array(0)?, arguments.real_array(1)?);
    let range = if result == Type::DateTime { 0.0..=MAX_DATETIME as f64 } else { -9.2e18..=9.2e18 };
    arguments.zip_some::<Float64Type, Float64Type, Int64Type>(&a, &b, |a, b| {
        Some(O::real(a, b)).filter(|ticks| range.contains(ticks)).map(|ticks| ticks as i64)
    })
}

fn decimals<O: Operation>(arguments: &Arguments<'_>) -> Answer {
    let (a, b) = (arguments.any_decimals(0)?, arguments.any_decimals(1)?);
    arguments.make_decimals(|row| O::decimal(a.at(row)?, b.at(row)?))
}
