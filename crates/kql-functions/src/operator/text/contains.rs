//! `contains`: a string within another.

use super::find;
use crate::prelude::*;
use crate::text::needle::Search;

pub(super) static FUNCTION: Function = Function {
    name: "contains",
    aliases: &[],
    help: "Whether the left string holds the right one anywhere, in any case. The empty string is in every string. Slower to narrow down than `has`.",
    examples: &[Example {
        query: "print v = 'FabriKam' contains 'BRik'",
        answer: &["v:bool", "True"],
    }],
    meaning: Meaning::Kernel(contains),
};

fn contains(arguments: &Arguments<'_>) -> Answer {
    find(arguments, Search::new(false, false, false))
}
