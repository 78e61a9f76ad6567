//! `stdevif`: the sample standard deviation where a condition holds.

use crate::aggregate::prelude::*;

pub(super) static AGGREGATE: Aggregate = Aggregate {
    name: "stdevif",
    aliases: &[],
    help: "As `stdev`, of the rows for which a condition holds.",
    examples: &[Example {
        query: "datatable(v:long, b:bool)[1, true, 2, false, 4, true] | summarize x = stdevif(v, b)",
        answer: &["x:real", "2.1213203435596424"],
    }],
    meaning: AggregateMeaning::If("stdev", 1),
};
