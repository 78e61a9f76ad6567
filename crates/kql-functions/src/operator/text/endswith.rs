//! `endswith`: the end of a string.

use super::compare;
use crate::prelude::*;
use crate::text::fold;

pub(super) static FUNCTION: Function = Function {
    name: "endswith",
    aliases: &[],
    help: "Whether the left string ends with the right one, in any case.",
    examples: &[Example {
        query: "print v = 'Fabrikam' endswith 'KAM'",
        answer: &["v:bool", "True"],
    }],
    meaning: Meaning::Kernel(endswith),
};

fn endswith(arguments: &Arguments<'_>) -> Answer {
    compare(arguments, fold::ends_with)
}
