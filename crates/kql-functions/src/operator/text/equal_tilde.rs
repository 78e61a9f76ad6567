//! `=~`: equal but for case.

use super::compare;
use crate::prelude::*;
use crate::text::fold;

pub(super) static FUNCTION: Function = Function {
    name: "=~",
    aliases: &[],
    help: "Whether two strings are equal but for case. Letters are folded one for one: `É` equals `é`, `ß` does not equal `ss`.",
    examples: &[Example { query: "print v = 'Straße' =~ 'STRAßE'", answer: &["v:bool", "True"] }],
    meaning: Meaning::Kernel(equal_tilde),
};

fn equal_tilde(arguments: &Arguments<'_>) -> Answer {
    compare(arguments, fold::is_equal)
}
