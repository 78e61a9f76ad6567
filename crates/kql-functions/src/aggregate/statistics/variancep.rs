//! `variancep`: the population variance.

use crate::aggregate::prelude::*;
use datafusion::functions_aggregate::expr_fn::var_pop;

use super::moments::moment;

pub(super) static AGGREGATE: Aggregate = Aggregate {
    name: "variancep",
    aliases: &[],
    help: "The population variance of the values, as a real; 0 where there is none, or one.",
    examples: &[Example {
        query: "datatable(v:long, b:bool)[1, true, 2, false, 4, true] | summarize x = variancep(v)",
        answer: &["x:real", "1.5555555555555554"],
    }],
    meaning: AggregateMeaning::Expr(|arguments, types, _| moment(var_pop, arguments, types)),
};
