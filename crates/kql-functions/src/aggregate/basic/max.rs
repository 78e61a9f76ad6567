//! `max`: the highest value.

use crate::aggregate::prelude::*;

pub(super) static AGGREGATE: Aggregate = Aggregate {
    name: "max",
    aliases: &[],
    help: "The highest value; null where there is none.",
    examples: &[Example {
        query: "datatable(v:long, b:bool)[1, true, 2, false, 4, true] | summarize x = max(v)",
        answer: &["x:long", "4"],
    }],
    meaning: AggregateMeaning::Expr(|mut arguments, _, _| {
        AggregateExpr::plain(max(arguments.swap_remove(0)))
    }),
};
