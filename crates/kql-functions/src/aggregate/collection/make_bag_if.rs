//! `make_bag_if`: bags merged into one, where a condition holds.

use crate::aggregate::prelude::*;

pub(super) static AGGREGATE: Aggregate = Aggregate {
    name: "make_bag_if",
    aliases: &[],
    help: "As `make_bag`, of the rows for which a condition holds.",
    examples: &[Example {
        query: "datatable(v:dynamic, b:bool)[dynamic({\"a\":1}), true, dynamic({\"a\":2,\"b\":3}), false] | summarize x = make_bag_if(v, b)",
        answer: &["x:dynamic", "{\"a\":1}"],
    }],
    meaning: AggregateMeaning::If("make_bag", 1),
};
