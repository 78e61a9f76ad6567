//! `sin`: the sine

use super::reals::map;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "sin",
    aliases: &[],
    help: "The sine of an angle in radians. Null of null.",
    examples: &[Example { query: "print v = sin(0)", answer: &["v:real", "0.0"] }],
    meaning: Meaning::Kernel(sin),
};

fn sin(arguments: &Arguments<'_>) -> Answer {
    map(arguments, f64::sin)
}
