//! `loggamma`: the logarithm of the gamma function

use super::reals::map;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "loggamma",
    aliases: &[],
    help: "The natural logarithm of the absolute value of the gamma function. Null of null.",
    examples: &[Example { query: "print v = loggamma(1)", answer: &["v:real", "0.0"] }],
    meaning: Meaning::Kernel(loggamma),
};

fn loggamma(arguments: &Arguments<'_>) -> Answer {
    map(arguments, libm::lgamma)
}
