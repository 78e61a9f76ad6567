//! `matches regex`: a regular expression within a string.

use super::matches;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "matches regex",
    aliases: &[],
    help: "Whether a regular expression matches somewhere in the left string. Letters and digits are those of all scripts: `\\d` matches `３` too. There are no look-arounds and no backreferences.",
    examples: &[Example {
        query: "print v = 'Line 17' matches regex @'\\d+$'",
        answer: &["v:bool", "True"],
    }],
    meaning: Meaning::Kernel(matches_regex),
};

fn matches_regex(arguments: &Arguments<'_>) -> Answer {
    matches(arguments, str::to_owned)
}
