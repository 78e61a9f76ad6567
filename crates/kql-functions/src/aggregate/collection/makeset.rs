//! `makeset`: the obsolete spelling of `make_set`.

use super::lists::LARGEST_OF_OLD;
use super::sets::make;
use crate::aggregate::prelude::*;

pub(super) static AGGREGATE: Aggregate = Aggregate {
    name: "makeset",
    aliases: &[],
    help: "As `make_set`, but of 128 values where no `maxSize` is given.",
    examples: &[Example {
        query: "datatable(v:long, b:bool)[1, true, 2, false, 1, true] | summarize x = makeset(v)",
        answer: &["x:dynamic", "[1,2]"],
    }],
    meaning: AggregateMeaning::Ordered(|types, _, order| {
        make("makeset", types, order, LARGEST_OF_OLD)
    }),
};
