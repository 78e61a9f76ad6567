//! `min`: the lowest value.

use crate::aggregate::keep::fold::fold;
use crate::aggregate::prelude::*;

pub(super) static AGGREGATE: Aggregate = Aggregate {
    name: "min",
    aliases: &[],
    help: "The lowest value; null where there is none. NaN wins over all numbers.",
    examples: &[Example {
        query: "datatable(v:long, b:bool)[1, true, 2, false, 4, true] | summarize x = min(v)",
        answer: &["x:long", "1"],
    }],
    meaning: AggregateMeaning::Expr(min_value),
};

fn min_value(mut arguments: Vec<Expr>, types: &[Type], _result: Type) -> AggregateExpr {
    let value = arguments.swap_remove(0);
    match types.first() {
        Some(Type::Real) => {
            AggregateExpr::plain(fold::<Float64Type>("min", Type::Real, wins).call(vec![value]))
        }
        Some(Type::String) => {
            AggregateExpr { aggregate: min(value), finish: |value| coalesce(vec![value, lit("")]) }
        }
        _ => AggregateExpr::plain(min(value)),
    }
}

fn wins(known: f64, value: f64) -> f64 {
    if known.is_nan() || value.is_nan() { f64::NAN } else { known.min(value) }
}
