//! `percentilesw`: the values at several percentiles of the weights.

use super::ranks::{Form, Weights, make};
use crate::aggregate::prelude::*;

pub(super) static AGGREGATE: Aggregate = Aggregate {
    name: "percentilesw",
    aliases: &[],
    help: "As `percentiles`, of values that each count as often as their weight says.",
    examples: &[Example {
        query: "datatable(v:long, w:long)[10, 8, 20, 6, 30, 3, 40, 1] | summarize percentilesw(v, w, 50, 99.9)",
        answer: &["percentile_v_50:long, percentile_v_99_9:long", "20, 40"],
    }],
    meaning: AggregateMeaning::Ours(|types, results| {
        make("percentilesw", types, results, Weights::Given, Form::Columns)
    }),
};
