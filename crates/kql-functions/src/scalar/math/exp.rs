//! `exp`: the exponential function

use super::reals::map;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "exp",
    aliases: &[],
    help: "e to the power of the number. Null of null.",
    examples: &[Example { query: "print v = exp(0)", answer: &["v:real", "1.0"] }],
    meaning: Meaning::Kernel(exp),
};

fn exp(arguments: &Arguments<'_>) -> Answer {
    map(arguments, f64::exp)
}
