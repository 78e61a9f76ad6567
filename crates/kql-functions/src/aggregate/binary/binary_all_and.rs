//! `binary_all_and`: bits folded with `and`.

use super::bits::bits;
use crate::aggregate::prelude::*;

pub(super) static AGGREGATE: Aggregate = Aggregate {
    name: "binary_all_and",
    aliases: &[],
    help: "The bits of the values folded with `and`; null where there are none.",
    examples: &[Example {
        query: "datatable(v:long)[6, 3] | summarize x = binary_all_and(v)",
        answer: &["x:long", "2"],
    }],
    meaning: AggregateMeaning::Ours(|types, _| {
        bits("binary_all_and", types, (|a, b| a & b, |a, b| a & b))
    }),
};
