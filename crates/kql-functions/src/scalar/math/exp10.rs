//! `exp10`: a power of 10

use super::reals::map;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "exp10",
    aliases: &[],
    help: "10 to the power of the number. Null of null.",
    examples: &[Example { query: "print v = exp10(3)", answer: &["v:real", "1000.0"] }],
    meaning: Meaning::Kernel(exp10),
};

fn exp10(arguments: &Arguments<'_>) -> Answer {
    map(arguments, |value| 10f64.powf(value))
}
