//! `case`: the value of the first condition that holds

use super::choice;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "case",
    aliases: &[],
    help: "The value behind the first condition that is true; the last argument where none is. A null \
           condition is not true.",
    examples: &[Example {
        query: "print v = case(1 > 2, 'a', bool(null), 'b', 'c')",
        answer: &["v:string", "c"],
    }],
    meaning: Meaning::Expr(case),
};

fn case(arguments: Vec<Expr>, types: &[Type]) -> Expr {
    choice(arguments, types)
}
