//! `>=`: greater or equal.

use super::ordering;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: ">=",
    aliases: &[],
    help: "Whether the left value comes behind the right one or equals it. Null where any side is null; NaN is in no order.",
    examples: &[Example { query: "print v = 2 >= 3", answer: &["v:bool", "False"] }],
    meaning: Meaning::Kernel(greater_or_equal),
};

fn greater_or_equal(arguments: &Arguments<'_>) -> Answer {
    ordering(arguments, std::cmp::Ordering::is_ge)
}
