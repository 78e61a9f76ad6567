//! `make_list`: all values as an array.

use super::lists::{LARGEST, make};
use crate::aggregate::keep::collected::Nulls;
use crate::aggregate::prelude::*;

pub(super) static AGGREGATE: Aggregate = Aggregate {
    name: "make_list",
    aliases: &[],
    help: "All values of the group as a dynamic array, in the order of the input; at most `maxSize` of them, or 1,048,576. Nulls are left out, but a null dynamic is kept; an array gives its elements. `[]` where there are none.",
    examples: &[Example {
        query: "datatable(v:long, b:bool)[1, true, 2, false, 1, true] | summarize x = make_list(v)",
        answer: &["x:dynamic", "[1,2,1]"],
    }],
    meaning: AggregateMeaning::Ordered(|types, _, order| {
        make("make_list", types, order, Nulls::Dropped, LARGEST)
    }),
};
