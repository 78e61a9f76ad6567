//! `variancepif`: the population variance where a condition holds.

use crate::aggregate::prelude::*;

pub(super) static AGGREGATE: Aggregate = Aggregate {
    name: "variancepif",
    aliases: &[],
    help: "As `variancep`, of the rows for which a condition holds.",
    examples: &[Example {
        query: "datatable(v:long, b:bool)[1, true, 2, false, 4, true] | summarize x = variancepif(v, b)",
        answer: &["x:real", "2.25"],
    }],
    meaning: AggregateMeaning::If("variancep", 1),
};
