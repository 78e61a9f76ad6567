//! `sumif`: the sum where a condition holds.

use crate::aggregate::prelude::*;

pub(super) static AGGREGATE: Aggregate = Aggregate {
    name: "sumif",
    aliases: &[],
    help: "The sum of the values for which a condition holds; 0 where there are none. Whole numbers wrap around.",
    examples: &[Example {
        query: "datatable(v:long, b:bool)[1, true, 2, false, 4, true] | summarize x = sumif(v, b)",
        answer: &["x:long", "5"],
    }],
    meaning: AggregateMeaning::If("sum", 1),
};
