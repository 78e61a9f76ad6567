//! `avgif`: the mean where a condition holds.

use crate::aggregate::prelude::*;

pub(super) static AGGREGATE: Aggregate = Aggregate {
    name: "avgif",
    aliases: &[],
    help: "The mean of the values for which a condition holds; NaN where there are none.",
    examples: &[Example {
        query: "datatable(v:long, b:bool)[1, true, 2, false, 4, true] | summarize x = avgif(v, b)",
        answer: &["x:real", "2.5"],
    }],
    meaning: AggregateMeaning::If("avg", 1),
};
