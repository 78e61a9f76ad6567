//! `make_bag`: bags merged into one.

use super::bags::make;
use crate::aggregate::prelude::*;

pub(super) static AGGREGATE: Aggregate = Aggregate {
    name: "make_bag",
    aliases: &[],
    help: "The bags of the group merged into one: a key that several have gets the value that comes first. What is no bag is passed over; at most `maxSize` keys, or 1,048,576. `{}` where there are none.",
    examples: &[Example {
        query: "datatable(v:dynamic, b:bool)[dynamic({\"a\":1}), true, dynamic({\"a\":2,\"b\":3}), false] | summarize x = make_bag(v)",
        answer: &["x:dynamic", "{\"a\":1,\"b\":3}"],
    }],
    meaning: AggregateMeaning::Ordered(|types, _, order| make("make_bag", types, order)),
};
