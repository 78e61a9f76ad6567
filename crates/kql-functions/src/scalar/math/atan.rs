//! `atan`: the angle of a tangent

use super::reals::map;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "atan",
    aliases: &[],
    help: "The angle, in radians, whose tangent is the number. Null of null.",
    examples: &[Example { query: "print v = atan(0)", answer: &["v:real", "0.0"] }],
    meaning: Meaning::Kernel(atan),
};

fn atan(arguments: &Arguments<'_>) -> Answer {
    map(arguments, f64::atan)
}
