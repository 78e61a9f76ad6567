//! `log10`: the logarithm to the base 10

use super::reals::map;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "log10",
    aliases: &[],
    help: "The logarithm to the base 10; -Infinity of 0, NaN of a negative number, null of null.",
    examples: &[Example { query: "print v = log10(1000)", answer: &["v:real", "3.0"] }],
    meaning: Meaning::Kernel(log10),
};

fn log10(arguments: &Arguments<'_>) -> Answer {
    map(arguments, f64::log10)
}
