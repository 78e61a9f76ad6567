//! `merge_tdigest`: sketches of how values are spread, merged.

use super::digests::of_digests;
use crate::aggregate::prelude::*;

pub(super) static AGGREGATE: Aggregate = Aggregate {
    name: "merge_tdigest",
    aliases: &[],
    help: "The sketches of `tdigest` in the group merged into one. What is no sketch is passed over; null where there is none.",
    examples: &[Example {
        query: "datatable(v:real, w:long)[1.0, 1, 2.0, 2] | summarize t = tdigest(v) by w | summarize t = merge_tdigest(t) | project p = percentile_tdigest(t, 50)",
        answer: &["p:dynamic", "1.0"],
    }],
    meaning: AggregateMeaning::Ours(|types, _| of_digests("merge_tdigest", types)),
};
