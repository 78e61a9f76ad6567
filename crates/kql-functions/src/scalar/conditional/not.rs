//! `not`: the contrary

use crate::prelude::*;
use datafusion::logical_expr::lit;

pub(super) static FUNCTION: Function = Function {
    name: "not",
    aliases: &[],
    help: "True where the argument is false, false where it is true, null where it is null.",
    examples: &[Example {
        query: "print a = not(true), b = not(bool(null))",
        answer: &["a:bool, b:bool", "False, "],
    }],
    meaning: Meaning::Expr(not),
};

fn not(mut arguments: Vec<Expr>, _types: &[Type]) -> Expr {
    arguments.pop().map_or_else(|| lit(true), |argument| !argument)
}
