//! `trim_end`: a match taken off the end of a string.

use super::trimming::{self, Ends};
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "trim_end",
    aliases: &[],
    help: "A string without the match of a regular expression at its end. Only one match is taken off: \
           to take off all spaces, match `\\s+`.",
    examples: &[Example {
        query: "print v = trim_end('.com', 'bing.com')",
        answer: &["v:string", "bing"],
    }],
    meaning: Meaning::Kernel(trim_end),
};

fn trim_end(arguments: &Arguments<'_>) -> Answer {
    trimming::trim(arguments, Ends::End)
}
