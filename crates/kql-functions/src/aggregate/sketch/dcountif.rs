//! `dcountif`: about how many distinct values where a condition holds.

use crate::aggregate::prelude::*;

pub(super) static AGGREGATE: Aggregate = Aggregate {
    name: "dcountif",
    aliases: &[],
    help: "As `dcount`, of the rows for which a condition holds.",
    examples: &[Example {
        query: "datatable(v:string, b:bool)['a', true, 'b', false, 'a', true] | summarize n = dcountif(v, b)",
        answer: &["n:long", "1"],
    }],
    meaning: AggregateMeaning::If("dcount", 1),
};
