//! `covarianceif`: the sample covariance where a condition holds.

use crate::aggregate::prelude::*;

pub(super) static AGGREGATE: Aggregate = Aggregate {
    name: "covarianceif",
    aliases: &[],
    help: "As `covariance`, of the rows for which a condition holds.",
    examples: &[Example {
        query: "datatable(x:real, y:real, b:bool)[1.0, 2.0, true, 3.0, 6.0, true, 5.0, 1.0, false] | summarize x = covarianceif(x, y, b)",
        answer: &["x:real", "4.0"],
    }],
    meaning: AggregateMeaning::If("covariance", 2),
};
