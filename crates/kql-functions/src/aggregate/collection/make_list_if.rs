//! `make_list_if`: all values as an array, where a condition holds.

use crate::aggregate::prelude::*;

pub(super) static AGGREGATE: Aggregate = Aggregate {
    name: "make_list_if",
    aliases: &[],
    help: "As `make_list`, of the rows for which a condition holds.",
    examples: &[Example {
        query: "datatable(v:long, b:bool)[1, true, 2, false, 1, true] | summarize x = make_list_if(v, b)",
        answer: &["x:dynamic", "[1,1]"],
    }],
    meaning: AggregateMeaning::If("make_list", 1),
};
