//! `percentilew`: the value below which a share of the weights lies.

use super::ranks::{Form, Weights, make};
use crate::aggregate::prelude::*;

pub(super) static AGGREGATE: Aggregate = Aggregate {
    name: "percentilew",
    aliases: &[],
    help: "As `percentile`, of values that each count as often as their weight says.",
    examples: &[Example {
        query: "datatable(v:long, w:long)[10, 8, 20, 6, 30, 3, 40, 1] | summarize x = percentilew(v, w, 75)",
        answer: &["x:long", "20"],
    }],
    meaning: AggregateMeaning::Ours(|types, results| {
        make("percentilew", types, results, Weights::Given, Form::Columns)
    }),
};
