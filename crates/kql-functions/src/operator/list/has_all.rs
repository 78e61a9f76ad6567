//! `has_all`: all of several terms within a string.

use super::find;
use crate::prelude::*;
use crate::text::needles::AllNeedles;

pub(super) static FUNCTION: Function = Function {
    name: "has_all",
    aliases: &[],
    help: "Whether all of several strings stand in the left one as whole terms, in any case and order.",
    examples: &[Example {
        query: "print v = 'abc def' has_all ('DEF', 'abc')",
        answer: &["v:bool", "True"],
    }],
    meaning: Meaning::Kernel(has_all),
};

fn has_all(arguments: &Arguments<'_>) -> Answer {
    find(arguments, |list| Ok(AllNeedles::new(list)), AllNeedles::rows)
}
