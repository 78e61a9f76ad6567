//! `log2`: the logarithm to the base 2

use super::reals::map_some;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "log2",
    aliases: &[],
    help: "The logarithm to the base 2; -Infinity of 0, null of a negative number and of null.",
    examples: &[Example { query: "print v = log2(8)", answer: &["v:real", "3.0"] }],
    meaning: Meaning::Kernel(log2),
};

fn log2(arguments: &Arguments<'_>) -> Answer {
    map_some(arguments, |value| if value < 0.0 { None } else { Some(f64::log2(value)) })
}
