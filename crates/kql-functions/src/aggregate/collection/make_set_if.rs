//! `make_set_if`: the distinct values as an array, where a condition holds.

use crate::aggregate::prelude::*;

pub(super) static AGGREGATE: Aggregate = Aggregate {
    name: "make_set_if",
    aliases: &[],
    help: "As `make_set`, of the rows for which a condition holds.",
    examples: &[Example {
        query: "datatable(v:long, b:bool)[1, true, 2, false, 1, true] | summarize x = make_set_if(v, b)",
        answer: &["x:dynamic", "[1]"],
    }],
    meaning: AggregateMeaning::If("make_set", 1),
};
