//! `percentilesw_array`: the values at several percentiles of the weights as an array.

use super::ranks::{Form, Weights, make};
use crate::aggregate::prelude::*;

pub(super) static AGGREGATE: Aggregate = Aggregate {
    name: "percentilesw_array",
    aliases: &[],
    help: "As `percentiles_array`, of values that each count as often as their weight says.",
    examples: &[Example {
        query: "datatable(v:long, w:long)[10, 8, 20, 6, 30, 3, 40, 1] | summarize x = percentilesw_array(v, w, 50, 75, 99.9)",
        answer: &["x:dynamic", "[20,20,40]"],
    }],
    meaning: AggregateMeaning::Ours(|types, results| {
        make("percentilesw_array", types, results, Weights::Given, Form::Array)
    }),
};
