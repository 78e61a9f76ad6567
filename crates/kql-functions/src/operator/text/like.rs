//! `like`: a string that fits a pattern of wildcards.

use super::matches;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "like",
    aliases: &[],
    help: "Whether the whole left string fits a pattern in which `%` stands for any characters and `_` for one, in any case.",
    examples: &[Example { query: "print v = 'Fabrikam' like 'fab%'", answer: &["v:bool", "True"] }],
    meaning: Meaning::Kernel(like),
};

fn like(arguments: &Arguments<'_>) -> Answer {
    matches(arguments, |pattern| format!("(?is){}", super::wildcards(pattern)))
}
