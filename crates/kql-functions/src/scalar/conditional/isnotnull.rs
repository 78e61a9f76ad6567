//! `isnotnull`: whether a value is there

use crate::prelude::*;
use datafusion::logical_expr::lit;

pub(super) static FUNCTION: Function = Function {
    name: "isnotnull",
    aliases: &["notnull"],
    help: "Whether the value is not null. A string never is: see `isnotempty`.",
    examples: &[Example {
        query: "print a = isnotnull(1), b = isnotnull('')",
        answer: &["a:bool, b:bool", "True, True"],
    }],
    meaning: Meaning::Expr(isnotnull),
};

fn isnotnull(mut arguments: Vec<Expr>, types: &[Type]) -> Expr {
    match arguments.pop() {
        Some(argument) if types.first() != Some(&Type::String) => argument.is_not_null(),
        _ => lit(true),
    }
}
