//! Functions of one real.

use arrow::array::PrimitiveArray;
use arrow::datatypes::Float64Type;

use crate::prelude::*;

/// A real for each number of the only argument; null for null.
pub(super) fn map(arguments: &Arguments<'_>, function: impl Fn(f64) -> f64) -> Answer {
    let mapped: PrimitiveArray<Float64Type> =
        arrow::compute::unary(&arguments.real_array(0)?, function);
    Ok(Arc::new(mapped))
}

/// A real or null for each number of the only argument; null for null.
pub(super) fn map_some(arguments: &Arguments<'_>, function: impl Fn(f64) -> Option<f64>) -> Answer {
    let values = arguments.reals(0)?;
    arguments.make_reals(|row| values.at(row).and_then(&function))
}
