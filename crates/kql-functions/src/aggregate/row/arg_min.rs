//! `arg_min`: the row with the lowest value.

use super::rows::make;
use crate::aggregate::keep::rank::Preference;
use crate::aggregate::prelude::*;

pub(super) static AGGREGATE: Aggregate = Aggregate {
    name: "arg_min",
    aliases: &["argmin"],
    help: "The row of the group with the lowest value: that value, and the columns asked for. Of several such rows it is the first of the input; a null is taken only where there is nothing else, and NaN wins over all numbers.",
    examples: &[Example {
        query: "datatable(k:string, v:long)[\"a\", 1, \"b\", 3, \"c\", 3] | summarize arg_min(v, k)",
        answer: &["v:long, k:string", "1, a"],
    }],
    meaning: AggregateMeaning::Ordered(|types, results, order| {
        make("arg_min", types, results, order, Preference::Lowest)
    }),
};
