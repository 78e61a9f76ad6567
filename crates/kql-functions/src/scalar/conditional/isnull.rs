//! `isnull`: whether a value is missing

use crate::prelude::*;
use datafusion::logical_expr::lit;

pub(super) static FUNCTION: Function = Function {
    name: "isnull",
    aliases: &[],
    help: "Whether the value is null. A string never is: see `isempty`.",
    examples: &[Example {
        query: "print a = isnull(int(null)), b = isnull(''), c = isnull(dynamic(null))",
        answer: &["a:bool, b:bool, c:bool", "True, False, True"],
    }],
    meaning: Meaning::Expr(isnull),
};

fn isnull(mut arguments: Vec<Expr>, types: &[Type]) -> Expr {
    match arguments.pop() {
        Some(argument) if types.first() != Some(&Type::String) => argument.is_null(),
        _ => lit(false),
    }
}
