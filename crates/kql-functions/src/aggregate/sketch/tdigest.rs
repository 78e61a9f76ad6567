//! `tdigest`: a sketch of how values are spread.

use super::digests::of_values;
use crate::aggregate::prelude::*;

pub(super) static AGGREGATE: Aggregate = Aggregate {
    name: "tdigest",
    aliases: &[],
    help: "A sketch of the values in the group, as a dynamic for `tdigest_merge` and `percentile_tdigest`: exact for up to 1000 values, near for more. The weight, if it is given, says how often a value counts.",
    examples: &[Example {
        query: "datatable(v:real, w:long)[1.0, 1, 2.0, 2] | summarize t = tdigest(v, w) | project p = percentile_tdigest(t, 50)",
        answer: &["p:dynamic", "2.0"],
    }],
    meaning: AggregateMeaning::Ours(|types, _| of_values(types)),
};
