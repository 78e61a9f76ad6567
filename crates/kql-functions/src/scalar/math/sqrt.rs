//! `sqrt`: the square root

use super::reals::map;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "sqrt",
    aliases: &[],
    help: "The square root; NaN of a negative number. Null of null.",
    examples: &[Example { query: "print v = sqrt(256)", answer: &["v:real", "16.0"] }],
    meaning: Meaning::Kernel(sqrt),
};

fn sqrt(arguments: &Arguments<'_>) -> Answer {
    map(arguments, f64::sqrt)
}
