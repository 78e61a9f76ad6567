//! `max_of`: the greatest of several values

use super::unified;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "max_of",
    aliases: &[],
    help: "The greatest of the arguments; nulls are passed over, and null comes out only where all are null.",
    examples: &[Example { query: "print v = max_of(10, 1, -3, 17)", answer: &["v:long", "17"] }],
    meaning: Meaning::Expr(max_of),
};

fn max_of(arguments: Vec<Expr>, types: &[Type]) -> Expr {
    datafusion::functions::core::expr_fn::greatest(unified(arguments, types).0)
}
