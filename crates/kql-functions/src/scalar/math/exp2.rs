//! `exp2`: a power of 2

use super::reals::map;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "exp2",
    aliases: &[],
    help: "2 to the power of the number. Null of null.",
    examples: &[Example { query: "print v = exp2(3)", answer: &["v:real", "8.0"] }],
    meaning: Meaning::Kernel(exp2),
};

fn exp2(arguments: &Arguments<'_>) -> Answer {
    map(arguments, f64::exp2)
}
