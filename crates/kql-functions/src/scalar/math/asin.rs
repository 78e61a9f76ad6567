//! `asin`: the angle of a sine

use super::reals::map;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "asin",
    aliases: &[],
    help: "The angle, in radians, whose sine is the number; NaN outside of -1 to 1. Null of null.",
    examples: &[Example { query: "print v = asin(0)", answer: &["v:real", "0.0"] }],
    meaning: Meaning::Kernel(asin),
};

fn asin(arguments: &Arguments<'_>) -> Answer {
    map(arguments, f64::asin)
}
