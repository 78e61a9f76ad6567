//! `<=`: less or equal.

use super::ordering;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "<=",
    aliases: &[],
    help: "Whether the left value comes before the right one or equals it. Null where any side is null; NaN is in no order.",
    examples: &[Example { query: "print v = 1 <= 1", answer: &["v:bool", "True"] }],
    meaning: Meaning::Kernel(less_or_equal),
};

fn less_or_equal(arguments: &Arguments<'_>) -> Answer {
    ordering(arguments, std::cmp::Ordering::is_le)
}
