//! `makelist`: the obsolete spelling of `make_list`.

use super::lists::{LARGEST_OF_OLD, make};
use crate::aggregate::keep::collected::Nulls;
use crate::aggregate::prelude::*;

pub(super) static AGGREGATE: Aggregate = Aggregate {
    name: "makelist",
    aliases: &[],
    help: "As `make_list`, but of 128 values where no `maxSize` is given.",
    examples: &[Example {
        query: "datatable(v:long, b:bool)[1, true, 2, false, 1, true] | summarize x = makelist(v)",
        answer: &["x:dynamic", "[1,2,1]"],
    }],
    meaning: AggregateMeaning::Ordered(|types, _, order| {
        make("makelist", types, order, Nulls::Dropped, LARGEST_OF_OLD)
    }),
};
