//! `acos`: the angle of a cosine

use super::reals::map;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "acos",
    aliases: &[],
    help: "The angle, in radians, whose cosine is the number; NaN outside of -1 to 1. Null of null.",
    examples: &[Example { query: "print v = acos(1)", answer: &["v:real", "0.0"] }],
    meaning: Meaning::Kernel(acos),
};

fn acos(arguments: &Arguments<'_>) -> Answer {
    map(arguments, f64::acos)
}
