//! `cos`: the cosine

use super::reals::map;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "cos",
    aliases: &[],
    help: "The cosine of an angle in radians. Null of null.",
    examples: &[Example { query: "print v = cos(0)", answer: &["v:real", "1.0"] }],
    meaning: Meaning::Kernel(cos),
};

fn cos(arguments: &Arguments<'_>) -> Answer {
    map(arguments, f64::cos)
}
