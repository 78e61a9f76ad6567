//! `binary_all_or`: bits folded with `or`.

use super::bits::bits;
use crate::aggregate::prelude::*;

pub(super) static AGGREGATE: Aggregate = Aggregate {
    name: "binary_all_or",
    aliases: &[],
    help: "The bits of the values folded with `or`; null where there are none.",
    examples: &[Example {
        query: "datatable(v:long)[6, 3] | summarize x = binary_all_or(v)",
        answer: &["x:long", "7"],
    }],
    meaning: AggregateMeaning::Ours(|types, _| {
        bits("binary_all_or", types, (|a, b| a | b, |a, b| a | b))
    }),
};
