//! `likecs`: a string that fits a pattern of wildcards, case and all.

use super::matches;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "likecs",
    aliases: &[],
    help: "Whether the whole left string fits a pattern in which `%` stands for any characters and `_` for one, in the same case.",
    examples: &[Example {
        query: "print v = 'Fabrikam' likecs 'fab%'",
        answer: &["v:bool", "False"],
    }],
    meaning: Meaning::Kernel(likecs),
};

fn likecs(arguments: &Arguments<'_>) -> Answer {
    matches(arguments, |pattern| format!("(?s){}", super::wildcards(pattern)))
}
