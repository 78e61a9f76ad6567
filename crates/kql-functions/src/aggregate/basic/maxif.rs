//! `maxif`: the highest value where a condition holds.

use crate::aggregate::prelude::*;

pub(super) static AGGREGATE: Aggregate = Aggregate {
    name: "maxif",
    aliases: &[],
    help: "The highest value for which a condition holds; null where there is none.",
    examples: &[Example {
        query: "datatable(v:long, b:bool)[1, true, 2, false, 4, true] | summarize x = maxif(v, b)",
        answer: &["x:long", "4"],
    }],
    meaning: AggregateMeaning::If("max", 1),
};
