//! `max`: the highest value.

use crate::aggregate::keep::fold::fold;
use crate::aggregate::prelude::*;

pub(super) static AGGREGATE: Aggregate = Aggregate {
    name: "max",
    aliases: &[],
    help: "The highest value; null where there is none. NaN wins over all numbers.",
    examples: &[Example {
        query: "datatable(v:long, b:bool)[1, true, 2, false, 4, true] | summarize x = max(v)",
        answer: &["x:long", "4"],
    }],
    meaning: AggregateMeaning::Expr(max_value),
};

fn max_value(mut arguments: Vec<Expr>, types: &[Type], _result: Type) -> AggregateExpr {
    let value = arguments.swap_remove(0);
    match types.first() {
        Some(Type::Real) => {
            AggregateExpr::plain(fold::<Float64Type>("max", Type::Real, wins).call(vec![value]))
        }
        Some(Type::String) => {
            AggregateExpr { aggregate: max(value), finish: |value| coalesce(vec![value, lit("")]) }
        }
        _ => AggregateExpr::plain(max(value)),
    }
}

fn wins(known: f64, value: f64) -> f64 {
    if known.is_nan() || value.is_nan() { f64::NAN } else { known.max(value) }
}
