//! `count_distinctif`: how many distinct values where a condition holds.

use crate::aggregate::prelude::*;

pub(super) static AGGREGATE: Aggregate = Aggregate {
    name: "count_distinctif",
    aliases: &[],
    help: "As `count_distinct`, of the rows for which a condition holds.",
    examples: &[Example {
        query: "datatable(v:long, b:bool)[1, true, 2, false, 1, true] | summarize n = count_distinctif(v, b)",
        answer: &["n:long", "1"],
    }],
    meaning: AggregateMeaning::If("count_distinct", 1),
};
