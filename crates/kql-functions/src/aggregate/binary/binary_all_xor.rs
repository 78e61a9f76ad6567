//! `binary_all_xor`: bits folded with `xor`.

use super::bits::bits;
use crate::aggregate::prelude::*;

pub(super) static AGGREGATE: Aggregate = Aggregate {
    name: "binary_all_xor",
    aliases: &[],
    help: "The bits of the values folded with `xor`; null where there are none.",
    examples: &[Example {
        query: "datatable(v:long)[6, 3] | summarize x = binary_all_xor(v)",
        answer: &["x:long", "5"],
    }],
    meaning: AggregateMeaning::Ours(|types, _| {
        bits("binary_all_xor", types, (|a, b| a ^ b, |a, b| a ^ b))
    }),
};
