//! `>`: greater.

use super::ordering;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: ">",
    aliases: &[],
    help: "Whether the left value comes behind the right one. Null where any side is null; NaN is in no order.",
    examples: &[Example {
        query: "print v = datetime(2020-01-02) > datetime(2020-01-01)",
        answer: &["v:bool", "True"],
    }],
    meaning: Meaning::Kernel(greater),
};

fn greater(arguments: &Arguments<'_>) -> Answer {
    ordering(arguments, std::cmp::Ordering::is_gt)
}
