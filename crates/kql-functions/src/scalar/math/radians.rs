//! `radians`: degrees in radians

use super::reals::map;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "radians",
    aliases: &[],
    help: "An angle given in degrees, in radians. Null of null.",
    examples: &[Example { query: "print v = radians(180) == pi()", answer: &["v:bool", "True"] }],
    meaning: Meaning::Kernel(radians),
};

fn radians(arguments: &Arguments<'_>) -> Answer {
    map(arguments, |value| value * (std::f64::consts::PI / 180.0))
}
