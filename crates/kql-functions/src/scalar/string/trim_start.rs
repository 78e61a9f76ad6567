//! `trim_start`: a match taken off the start of a string.

use super::trimming::{self, Ends};
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "trim_start",
    aliases: &[],
    help: "A string without the match of a regular expression at its start. Only one match is taken off: \
           to take off all spaces, match `\\s+`.",
    examples: &[Example {
        query: "print v = trim_start('https://', 'https://bing.com')",
        answer: &["v:string", "bing.com"],
    }],
    meaning: Meaning::Kernel(trim_start),
};

fn trim_start(arguments: &Arguments<'_>) -> Answer {
    trimming::trim(arguments, Ends::Start)
}
