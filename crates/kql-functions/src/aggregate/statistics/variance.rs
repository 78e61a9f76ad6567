//! `variance`: the sample variance.

use crate::aggregate::prelude::*;
use datafusion::functions_aggregate::expr_fn::var_sample;

use super::moments::moment;

pub(super) static AGGREGATE: Aggregate = Aggregate {
    name: "variance",
    aliases: &[],
    help: "The sample variance of the values, as a real; 0 where there is none, or one.",
    examples: &[Example {
        query: "datatable(v:long, b:bool)[1, true, 2, false, 4, true] | summarize x = variance(v)",
        answer: &["x:real", "2.333333333333333"],
    }],
    meaning: AggregateMeaning::Expr(|arguments, types, _| moment(var_sample, arguments, types)),
};
