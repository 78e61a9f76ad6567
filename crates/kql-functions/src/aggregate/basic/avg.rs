//! `avg`: the mean.

use crate::aggregate::prelude::*;

pub(super) static AGGREGATE: Aggregate = Aggregate {
    name: "avg",
    aliases: &[],
    help: "The mean of the values; NaN where there are none.",
    examples: &[Example {
        query: "datatable(v:long, b:bool)[1, true, 2, false, 4, true] | summarize x = avg(v)",
        answer: &["x:real", "2.3333333333333335"],
    }],
    meaning: AggregateMeaning::Expr(mean),
};

fn mean(mut arguments: Vec<Expr>, types: &[Type], result: Type) -> AggregateExpr {
    let value = arguments.swap_remove(0);
    let ticks = matches!(result, Type::DateTime | Type::TimeSpan);
    let value =
        if types.first() == Some(&Type::Decimal) { value } else { cast(value, DataType::Float64) };
    AggregateExpr {
        aggregate: avg(value),
        finish: match result {
            Type::Real => |value| coalesce(vec![value, lit(f64::NAN)]),
            Type::Decimal => |value| cast(value, physical::data_type(Type::Decimal)),
            _ if ticks => |value| cast(value, DataType::Int64),
            _ => |value| value,
        },
    }
}
