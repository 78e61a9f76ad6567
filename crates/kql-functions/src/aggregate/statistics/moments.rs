//! What variances and their kin have in common: doubles in, and 0 where DataFusion gives null.

use crate::aggregate::prelude::*;

/// An aggregate over an argument.
pub(super) fn moment(
    aggregate: fn(Expr) -> Expr,
    mut arguments: Vec<Expr>,
    types: &[Type],
) -> AggregateExpr {
    let value = real(arguments.swap_remove(0), types.first());
    AggregateExpr { aggregate: aggregate(value), finish: or_zero }
}

/// An aggregate over two arguments.
pub(super) fn moment_of_two(
    aggregate: fn(Expr, Expr) -> Expr,
    mut arguments: Vec<Expr>,
    types: &[Type],
) -> AggregateExpr {
    let y = real(arguments.swap_remove(1), types.get(1));
    let x = real(arguments.swap_remove(0), types.first());
    AggregateExpr { aggregate: aggregate(x, y), finish: or_zero }
}

fn real(value: Expr, ty: Option<&Type>) -> Expr {
    if ty == Some(&Type::Real) { value } else { cast(value, DataType::Float64) }
}

fn or_zero(value: Expr) -> Expr {
    coalesce(vec![value, lit(0.0)])
}
