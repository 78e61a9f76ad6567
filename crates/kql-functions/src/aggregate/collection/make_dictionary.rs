//! `make_dictionary`: an obsolete spelling of `make_bag`.

use super::bags::make;
use crate::aggregate::prelude::*;

pub(super) static AGGREGATE: Aggregate = Aggregate {
    name: "make_dictionary",
    aliases: &[],
    help: "As `make_bag`.",
    examples: &[Example {
        query: "datatable(v:dynamic, b:bool)[dynamic({\"a\":1}), true, dynamic({\"a\":2,\"b\":3}), false] | summarize x = make_dictionary(v)",
        answer: &["x:dynamic", "{\"a\":1,\"b\":3}"],
    }],
    meaning: AggregateMeaning::Ordered(|types, _, order| make("make_dictionary", types, order)),
};
