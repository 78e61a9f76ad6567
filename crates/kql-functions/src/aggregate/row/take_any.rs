//! `take_any`: columns of any row.

use super::rows::make;
use crate::aggregate::keep::rank::Preference;
use crate::aggregate::prelude::*;

pub(super) static AGGREGATE: Aggregate = Aggregate {
    name: "take_any",
    aliases: &["any"],
    help: "Columns of one row of the group; here it is the first of the input. A single column is taken from a row where it is neither null nor empty, if there is one.",
    examples: &[Example {
        query: "datatable(k:string, v:long)[\"a\", 1, \"b\", 3, \"c\", 3] | summarize take_any(k, v)",
        answer: &["k:string, v:long", "a, 1"],
    }],
    meaning: AggregateMeaning::Ordered(|types, results, order| {
        let preference = if types.len() == 1 { Preference::Present } else { Preference::Any };
        make("take_any", types, results, order, preference)
    }),
};
