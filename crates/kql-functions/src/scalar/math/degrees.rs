//! `degrees`: radians in degrees

use super::reals::map;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "degrees",
    aliases: &[],
    help: "An angle given in radians, in degrees. Null of null.",
    examples: &[Example { query: "print v = degrees(pi() / 4)", answer: &["v:real", "45.0"] }],
    meaning: Meaning::Kernel(degrees),
};

fn degrees(arguments: &Arguments<'_>) -> Answer {
    map(arguments, |value| value * (180.0 / std::f64::consts::PI))
}
