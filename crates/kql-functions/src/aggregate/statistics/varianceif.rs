//! `varianceif`: the sample variance where a condition holds.

use crate::aggregate::prelude::*;

pub(super) static AGGREGATE: Aggregate = Aggregate {
    name: "varianceif",
    aliases: &[],
    help: "As `variance`, of the rows for which a condition holds.",
    examples: &[Example {
        query: "datatable(v:long, b:bool)[1, true, 2, false, 4, true] | summarize x = varianceif(v, b)",
        answer: &["x:real", "4.5"],
    }],
    meaning: AggregateMeaning::If("variance", 1),
};
