//! `percentiles_array`: the values at several percentiles as an array.

use super::ranks::{Form, Weights, make};
use crate::aggregate::prelude::*;

pub(super) static AGGREGATE: Aggregate = Aggregate {
    name: "percentiles_array",
    aliases: &[],
    help: "The values at several percentiles (0 to 100) as a dynamic array; null where there is none. It is the nearest rank: the least value that so many percent of the values do not exceed.",
    examples: &[Example {
        query: "datatable(v:long, w:long)[10, 8, 20, 6, 30, 3, 40, 1] | summarize x = percentiles_array(v, 50, 100)",
        answer: &["x:dynamic", "[20,40]"],
    }],
    meaning: AggregateMeaning::Ours(|types, results| {
        make("percentiles_array", types, results, Weights::None, Form::Array)
    }),
};
