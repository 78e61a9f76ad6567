//! `!=`: not equal.

use super::equality;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "!=",
    aliases: &[],
    help: "Whether two values differ. True where one is null, null where both are.",
    examples: &[Example { query: "print v = 'a' != 'A'", answer: &["v:bool", "True"] }],
    meaning: Meaning::Kernel(not_equal),
};

fn not_equal(arguments: &Arguments<'_>) -> Answer {
    equality(arguments, true)
}
