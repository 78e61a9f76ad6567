//! `hll`: a sketch of the distinct values.

use super::counters::{Answer, make};
use crate::aggregate::prelude::*;

pub(super) static AGGREGATE: Aggregate = Aggregate {
    name: "hll",
    aliases: &[],
    help: "A sketch of the distinct values in the group, as a dynamic for `hll_merge` and `dcount_hll`. The accuracy is that of `dcount`.",
    examples: &[Example {
        query: "datatable(v:string, b:bool)['a', true, 'b', false, 'a', true] | summarize h = hll(v) | project n = dcount_hll(h)",
        answer: &["n:long", "2"],
    }],
    meaning: AggregateMeaning::Ours(|types, _| make("hll", types, Answer::Sketch)),
};
