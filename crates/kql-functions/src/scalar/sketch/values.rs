//! Values as sketches hold them, and back.

use arrow::array::Array;

use crate::arguments::Reals;
use crate::convert;
use crate::prelude::*;
use crate::prepared::Prepared;

/// An argument as doubles: a number, or the ticks of a datetime or timespan.
pub(super) fn reals<'a>(arguments: &Arguments<'a>, index: usize) -> Result<Reals<'a>, KernelError> {
    arguments.reals(index)
}

/// A double as a value of the type that a sketch was made of.
#[expect(clippy::cast_possible_truncation, reason = "it saturates")]
pub(super) fn of_type(ty: Type, value: f64) -> Option<Dynamic> {
    Some(match ty {
        Type::Int | Type::Long => Dynamic::Long(value.round() as i64),
        Type::DateTime => Dynamic::DateTime(value.round() as i64),
        Type::TimeSpan => Dynamic::TimeSpan(value.round() as i64),
        Type::Decimal => Dynamic::Decimal(Decimal::from_f64(value)?),
        _ => Dynamic::Real(value),
    })
}

/// Dynamics as another type.
pub(super) fn converted(dynamics: ArrayRef, to: Type) -> Answer {
    if matches!(to, Type::Dynamic | Type::Unknown) {
        return Ok(dynamics);
    }
    let prepared = Prepared::default();
    let rows = dynamics.len();
    let (arrays, types) = ([dynamics], [Type::Dynamic]);
    convert::column(&Arguments::new(&arrays, &[false], &types, to, rows, &prepared), to)
}

/// The numbers of a dynamic array.
#[expect(clippy::cast_precision_loss, reason = "percentiles are at most 100")]
pub(super) fn numbers(text: &str) -> Option<Vec<f64>> {
    let Ok(Dynamic::Array(elements)) = Dynamic::parse(text) else { return None };
    let number = |value: &Dynamic| match value {
        Dynamic::Long(number) => Some(*number as f64),
        Dynamic::Real(number) => Some(*number),
        Dynamic::Decimal(number) => Some(number.to_f64()),
        _ => None,
    };
    elements.iter().map(number).collect()
}
