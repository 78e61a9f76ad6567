//! `min_of`: the least of several values

use super::unified;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "min_of",
    aliases: &[],
    help: "The least of the arguments; nulls are passed over, and null comes out only where all are null.",
    examples: &[Example { query: "print v = min_of(10, 1, -3, 17)", answer: &["v:long", "-3"] }],
    meaning: Meaning::Expr(min_of),
};

fn min_of(arguments: Vec<Expr>, types: &[Type]) -> Expr {
    datafusion::functions::core::expr_fn::least(unified(arguments, types).0)
}
