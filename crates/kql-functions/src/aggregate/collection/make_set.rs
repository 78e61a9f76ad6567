//! `make_set`: the distinct values as an array.

use super::lists::LARGEST;
use super::sets::make;
use crate::aggregate::prelude::*;

pub(super) static AGGREGATE: Aggregate = Aggregate {
    name: "make_set",
    aliases: &[],
    help: "The distinct values of the group as a dynamic array, in the order that the input first has them in; at most `maxSize` of them, or 1,048,576. Nulls are left out, but a null dynamic is kept; an array gives its elements. `[]` where there are none.",
    examples: &[Example {
        query: "datatable(v:long, b:bool)[1, true, 2, false, 1, true] | summarize x = make_set(v)",
        answer: &["x:dynamic", "[1,2]"],
    }],
    meaning: AggregateMeaning::Ordered(|types, _, order| make("make_set", types, order, LARGEST)),
};
