//! `iff`: one value or another

use super::choice;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "iff",
    aliases: &["iif"],
    help: "The second argument where the first is true, the third where it is false or null. The one that is \
           not taken is not computed.",
    examples: &[Example {
        query: "print a = iff(1 > 0, 'yes', 'no'), b = iff(bool(null), 1, 2)",
        answer: &["a:string, b:long", "yes, 2"],
    }],
    meaning: Meaning::Expr(iff),
};

fn iff(arguments: Vec<Expr>, types: &[Type]) -> Expr {
    choice(arguments, types)
}
