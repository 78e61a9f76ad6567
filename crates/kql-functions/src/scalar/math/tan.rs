//! `tan`: the tangent

use super::reals::map;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "tan",
    aliases: &[],
    help: "The tangent of an angle in radians. Null of null.",
    examples: &[Example { query: "print v = tan(0)", answer: &["v:real", "0.0"] }],
    meaning: Meaning::Kernel(tan),
};

fn tan(arguments: &Arguments<'_>) -> Answer {
    map(arguments, f64::tan)
}
