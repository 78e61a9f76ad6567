//! `make_list_with_nulls`: all values as an array, nulls too.

use super::lists::{LARGEST, make};
use crate::aggregate::keep::collected::Nulls;
use crate::aggregate::prelude::*;

pub(super) static AGGREGATE: Aggregate = Aggregate {
    name: "make_list_with_nulls",
    aliases: &[],
    help: "All values of the group as a dynamic array, nulls included, in the order of the input. An array gives its elements.",
    examples: &[Example {
        query: "datatable(v:long)[1, long(null)] | summarize x = make_list_with_nulls(v)",
        answer: &["x:dynamic", "[1,null]"],
    }],
    meaning: AggregateMeaning::Ordered(|types, _, order| {
        make("make_list_with_nulls", types, order, Nulls::Kept, LARGEST)
    }),
};
