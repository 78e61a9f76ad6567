//! `minif`: the lowest value where a condition holds.

use crate::aggregate::prelude::*;

pub(super) static AGGREGATE: Aggregate = Aggregate {
    name: "minif",
    aliases: &[],
    help: "The lowest value for which a condition holds; null where there is none.",
    examples: &[Example {
        query: "datatable(v:long, b:bool)[1, true, 2, false, 4, true] | summarize x = minif(v, b)",
        answer: &["x:long", "1"],
    }],
    meaning: AggregateMeaning::If("min", 1),
};
