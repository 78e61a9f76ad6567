//! `erf`: the error function

use super::reals::map;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "erf",
    aliases: &[],
    help: "The error function: how likely it is that a normally distributed value lies closer to the middle \
           than so many times the square root of 2 of its deviation. Null of null.",
    examples: &[Example { query: "print v = round(erf(1), 6)", answer: &["v:real", "0.842701"] }],
    meaning: Meaning::Kernel(erf),
};

fn erf(arguments: &Arguments<'_>) -> Answer {
    map(arguments, libm::erf)
}
