//! `dcount`: about how many distinct values.

use super::counters::{Answer, make};
use crate::aggregate::prelude::*;

pub(super) static AGGREGATE: Aggregate = Aggregate {
    name: "dcount",
    aliases: &[],
    help: "The number of distinct values in the group, nulls left out: exact for few, near for many (HyperLogLog). The accuracy is 0 to 4, for an error of 1.6%, 0.8% (where none is given), 0.4%, 0.28% or 0.2%; up to 1000 values are exact, and 8000 from accuracy 2.",
    examples: &[Example {
        query: "datatable(v:string, b:bool)['a', true, 'b', false, 'a', true] | summarize n = dcount(v)",
        answer: &["n:long", "2"],
    }],
    meaning: AggregateMeaning::Ours(|types, _| make("dcount", types, Answer::Count)),
};
