//! `count`: how many rows.

use crate::aggregate::prelude::*;

pub(super) static AGGREGATE: Aggregate = Aggregate {
    name: "count",
    aliases: &["cnt"],
    help: "The number of rows in the group.",
    examples: &[Example {
        query: "datatable(v:long, b:bool)[1, true, 2, false, 4, true] | summarize n = count()",
        answer: &["n:long", "3"],
    }],
    meaning: AggregateMeaning::Expr(|_, _, _| AggregateExpr::plain(count(lit(1)))),
};
