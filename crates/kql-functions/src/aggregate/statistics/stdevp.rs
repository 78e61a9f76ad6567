//! `stdevp`: the population standard deviation.

use crate::aggregate::prelude::*;
use datafusion::functions_aggregate::expr_fn::stddev_pop;

use super::moments::moment;

pub(super) static AGGREGATE: Aggregate = Aggregate {
    name: "stdevp",
    aliases: &[],
    help: "The population standard deviation of the values, as a real; 0 where there is none, or one.",
    examples: &[Example {
        query: "datatable(v:long, b:bool)[1, true, 2, false, 4, true] | summarize x = stdevp(v)",
        answer: &["x:real", "1.247219128924647"],
    }],
    meaning: AggregateMeaning::Expr(|arguments, types, _| moment(stddev_pop, arguments, types)),
};
