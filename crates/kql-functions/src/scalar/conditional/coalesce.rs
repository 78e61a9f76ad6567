//! `coalesce`: the first value that is there

use super::unified;
use crate::prelude::*;
use datafusion::logical_expr::{lit, when};

pub(super) static FUNCTION: Function = Function {
    name: "coalesce",
    aliases: &[],
    help: "The first argument that is not null, or, of strings, not empty; null or \"\" where there is none.",
    examples: &[Example {
        query: "print a = coalesce(int(null), 5), b = coalesce('', 'x', 'y')",
        answer: &["a:long, b:string", "5, x"],
    }],
    meaning: Meaning::Expr(coalesce),
};

fn coalesce(arguments: Vec<Expr>, types: &[Type]) -> Expr {
    let (mut arguments, ty) = unified(arguments, types);
    if ty != Type::String {
        return datafusion::functions::core::expr_fn::coalesce(arguments);
    }
    let Some(mut answer) = arguments.pop() else { return lit("") };
    for argument in arguments.into_iter().rev() {
        let is_there = argument.clone().not_eq(lit(""));
        // A `when` and an `otherwise` always make a whole case.
        answer = when(is_there, argument).otherwise(answer.clone()).unwrap_or(answer);
    }
    answer
}
