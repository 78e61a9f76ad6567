//! `take_anyif`: a value of any row where a condition holds.

use crate::aggregate::prelude::*;

pub(super) static AGGREGATE: Aggregate = Aggregate {
    name: "take_anyif",
    aliases: &["anyif"],
    help: "As `take_any`, of the rows for which a condition holds.",
    examples: &[Example {
        query: "datatable(k:string, v:long)[\"a\", 1, \"b\", 3, \"c\", 3] | summarize x = take_anyif(k, v > 1)",
        answer: &["x:string", "b"],
    }],
    meaning: AggregateMeaning::If("take_any", 1),
};
