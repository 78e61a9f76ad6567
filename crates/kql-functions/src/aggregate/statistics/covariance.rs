//! `covariance`: the sample covariance.

use crate::aggregate::prelude::*;
use datafusion::functions_aggregate::expr_fn::covar_samp;

use super::moments::moment_of_two;

pub(super) static AGGREGATE: Aggregate = Aggregate {
    name: "covariance",
    aliases: &[],
    help: "The sample covariance of two values, as a real; rows where one is null are left out, and 0 is given where there is none, or one.",
    examples: &[Example {
        query: "datatable(x:real, y:real, b:bool)[1.0, 2.0, true, 3.0, 6.0, true, 5.0, 1.0, false] | summarize x = covariance(x, y)",
        answer: &["x:real", "-1.0"],
    }],
    meaning: AggregateMeaning::Expr(|arguments, types, _| {
        moment_of_two(covar_samp, arguments, types)
    }),
};
