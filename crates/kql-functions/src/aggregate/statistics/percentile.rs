//! `percentile`: the value below which a share of the values lies.

use super::ranks::{Form, Weights, make};
use crate::aggregate::prelude::*;

pub(super) static AGGREGATE: Aggregate = Aggregate {
    name: "percentile",
    aliases: &[],
    help: "The value at a percentile (0 to 100); null where there is none. It is the nearest rank: the least value that so many percent of the values do not exceed.",
    examples: &[Example {
        query: "datatable(v:long, w:long)[10, 8, 20, 6, 30, 3, 40, 1] | summarize x = percentile(v, 50)",
        answer: &["x:long", "20"],
    }],
    meaning: AggregateMeaning::Ours(|types, results| {
        make("percentile", types, results, Weights::None, Form::Columns)
    }),
};
