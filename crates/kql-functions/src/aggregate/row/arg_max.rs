//! `arg_max`: the row with the highest value.

use super::rows::make;
use crate::aggregate::keep::rank::Preference;
use crate::aggregate::prelude::*;

pub(super) static AGGREGATE: Aggregate = Aggregate {
    name: "arg_max",
    aliases: &["argmax"],
    help: "The row of the group with the highest value: that value, and the columns asked for. Of several such rows it is the first of the input; a null is taken only where there is nothing else, and NaN is above all numbers.",
    examples: &[Example {
        query: "datatable(k:string, v:long)[\"a\", 1, \"b\", 3, \"c\", 3] | summarize arg_max(v, k)",
        answer: &["v:long, k:string", "3, b"],
    }],
    meaning: AggregateMeaning::Ordered(|types, results, order| {
        make("arg_max", types, results, order, Preference::Highest)
    }),
};
