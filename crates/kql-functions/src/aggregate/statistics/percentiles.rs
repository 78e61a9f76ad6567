//! `percentiles`: the values at several percentiles.

use super::ranks::{Form, Weights, make};
use crate::aggregate::prelude::*;

pub(super) static AGGREGATE: Aggregate = Aggregate {
    name: "percentiles",
    aliases: &[],
    help: "The values at several percentiles (0 to 100), a column each; null where there is none. It is the nearest rank: the least value that so many percent of the values do not exceed.",
    examples: &[Example {
        query: "datatable(v:long, w:long)[10, 8, 20, 6, 30, 3, 40, 1] | summarize percentiles(v, 50, 100)",
        answer: &["percentile_v_50:long, percentile_v_100:long", "20, 40"],
    }],
    meaning: AggregateMeaning::Ours(|types, results| {
        make("percentiles", types, results, Weights::None, Form::Columns)
    }),
};
