//! `countif`: how many rows a condition holds for.

use crate::aggregate::prelude::*;

pub(super) static AGGREGATE: Aggregate = Aggregate {
    name: "countif",
    aliases: &[],
    help: "The number of rows in the group for which a condition holds.",
    examples: &[Example {
        query: "datatable(v:long, b:bool)[1, true, 2, false, 4, true] | summarize n = countif(b)",
        answer: &["n:long", "2"],
    }],
    meaning: AggregateMeaning::If("count", 0),
};
