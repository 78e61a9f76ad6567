//! `gamma`: the gamma function

use super::reals::map;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "gamma",
    aliases: &[],
    help: "The gamma function, which continues the factorial: `gamma(n)` is (n - 1)!. Null of null.",
    examples: &[Example { query: "print v = gamma(5)", answer: &["v:real", "24.0"] }],
    meaning: Meaning::Kernel(gamma),
};

fn gamma(arguments: &Arguments<'_>) -> Answer {
    map(arguments, libm::tgamma)
}
