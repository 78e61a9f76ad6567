//! `hll_if`: a sketch of the distinct values where a condition holds.

use crate::aggregate::prelude::*;

pub(super) static AGGREGATE: Aggregate = Aggregate {
    name: "hll_if",
    aliases: &[],
    help: "As `hll`, of the rows for which a condition holds.",
    examples: &[Example {
        query: "datatable(v:string, b:bool)['a', true, 'b', false, 'a', true] | summarize h = hll_if(v, b) | project n = dcount_hll(h)",
        answer: &["n:long", "1"],
    }],
    meaning: AggregateMeaning::If("hll", 1),
};
