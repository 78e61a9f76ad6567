//! `erfc`: the complement of the error function

use super::reals::map;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "erfc",
    aliases: &[],
    help: "1 less the error function, exact for large numbers too. Null of null.",
    examples: &[Example { query: "print v = round(erfc(1), 6)", answer: &["v:real", "0.157299"] }],
    meaning: Meaning::Kernel(erfc),
};

fn erfc(arguments: &Arguments<'_>) -> Answer {
    map(arguments, libm::erfc)
}
