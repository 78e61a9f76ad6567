//! `sum`: the sum.

use crate::aggregate::prelude::*;

pub(super) static AGGREGATE: Aggregate = Aggregate {
    name: "sum",
    aliases: &[],
    help: "The sum of the values; 0 where there are none. Whole numbers wrap around.",
    examples: &[Example {
        query: "datatable(v:long, b:bool)[1, true, 2, false, 4, true] | summarize x = sum(v)",
        answer: &["x:long", "7"],
    }],
    meaning: AggregateMeaning::Expr(sum_or_zero),
};

fn sum_or_zero(mut arguments: Vec<Expr>, types: &[Type], result: Type) -> AggregateExpr {
    let value = arguments.swap_remove(0);
    // Int would widen to a long sum, and Kusto's stays what the binder says.
    let value =
        if types.first() == Some(&Type::Int) { cast(value, DataType::Int64) } else { value };
    let aggregate = sum(value);
    AggregateExpr {
        aggregate,
        finish: match result {
            Type::Real => |value| coalesce(vec![value, lit(0.0)]),
            Type::Int => |value| cast(coalesce(vec![value, lit(0_i64)]), DataType::Int32),
            Type::Decimal => |value| {
                coalesce(vec![value, lit(physical::scalar_value(&Value::Decimal(0.into())))])
            },
            _ => |value| coalesce(vec![value, lit(0_i64)]),
        },
    }
}
