//! `stdev`: the sample standard deviation.

use crate::aggregate::prelude::*;
use datafusion::functions_aggregate::expr_fn::stddev;

use super::moments::moment;

pub(super) static AGGREGATE: Aggregate = Aggregate {
    name: "stdev",
    aliases: &[],
    help: "The sample standard deviation of the values, as a real; 0 where there is none, or one.",
    examples: &[Example {
        query: "datatable(v:long, b:bool)[1, true, 2, false, 4, true] | summarize x = stdev(v)",
        answer: &["x:real", "1.5275252316519465"],
    }],
    meaning: AggregateMeaning::Expr(|arguments, types, _| moment(stddev, arguments, types)),
};
