//! `startswith`: the beginning of a string.

use super::compare;
use crate::prelude::*;
use crate::text::fold;

pub(super) static FUNCTION: Function = Function {
    name: "startswith",
    aliases: &[],
    help: "Whether the left string begins with the right one, in any case.",
    examples: &[Example {
        query: "print v = 'Fabrikam' startswith 'FAB'",
        answer: &["v:bool", "True"],
    }],
    meaning: Meaning::Kernel(startswith),
};

fn startswith(arguments: &Arguments<'_>) -> Answer {
    compare(arguments, fold::starts_with)
}
