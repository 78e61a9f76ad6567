//! `log10`: the logarithm to the base 10

use super::reals::map_some;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "log10",
    aliases: &[],
    help: "The logarithm to the base 10; -Infinity of 0, null of a negative number and of null.",
    examples: &[Example { query: "print v = log10(1000)", answer: &["v:real", "3.0"] }],
    meaning: Meaning::Kernel(log10),
};

fn log10(arguments: &Arguments<'_>) -> Answer {
    map_some(arguments, |value| if value < 0.0 { None } else { Some(f64::log10(value)) })
}
