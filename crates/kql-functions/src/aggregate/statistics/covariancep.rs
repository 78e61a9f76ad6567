//! `covariancep`: the population covariance.

use crate::aggregate::prelude::*;
use datafusion::functions_aggregate::covariance::covar_pop_udaf;

use super::moments::moment_of_two;

pub(super) static AGGREGATE: Aggregate = Aggregate {
    name: "covariancep",
    aliases: &[],
    help: "The population covariance of two values, as a real; rows where one is null are left out, and 0 is given where there is none, or one.",
    examples: &[Example {
        query: "datatable(x:real, y:real, b:bool)[1.0, 2.0, true, 3.0, 6.0, true, 5.0, 1.0, false] | summarize x = covariancep(x, y)",
        answer: &["x:real", "-0.6666666666666666"],
    }],
    meaning: AggregateMeaning::Expr(|arguments, types, _| {
        moment_of_two(covar_pop, arguments, types)
    }),
};

fn covar_pop(x: Expr, y: Expr) -> Expr {
    covar_pop_udaf().call(vec![x, y])
}
