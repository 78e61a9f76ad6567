//! `min`: the lowest value.

use crate::aggregate::prelude::*;

pub(super) static AGGREGATE: Aggregate = Aggregate {
    name: "min",
    aliases: &[],
    help: "The lowest value; null where there is none.",
    examples: &[Example {
        query: "datatable(v:long, b:bool)[1, true, 2, false, 4, true] | summarize x = min(v)",
        answer: &["x:long", "1"],
    }],
    meaning: AggregateMeaning::Expr(|mut arguments, _, _| {
        AggregateExpr::plain(min(arguments.swap_remove(0)))
    }),
};
