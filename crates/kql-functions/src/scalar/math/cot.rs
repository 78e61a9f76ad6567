//! `cot`: the cotangent

use super::reals::map;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "cot",
    aliases: &[],
    help: "The cotangent of an angle in radians. Null of null.",
    examples: &[Example { query: "print v = round(cot(1), 6)", answer: &["v:real", "0.642093"] }],
    meaning: Meaning::Kernel(cot),
};

fn cot(arguments: &Arguments<'_>) -> Answer {
    map(arguments, |value| 1.0 / value.tan())
}
