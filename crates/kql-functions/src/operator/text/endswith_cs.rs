//! `endswith_cs`: the end of a string, case and all.

use super::compare;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "endswith_cs",
    aliases: &[],
    help: "Whether the left string ends with the right one, in the same case.",
    examples: &[Example {
        query: "print v = 'Fabrikam' endswith_cs 'KAM'",
        answer: &["v:bool", "False"],
    }],
    meaning: Meaning::Kernel(endswith_cs),
};

fn endswith_cs(arguments: &Arguments<'_>) -> Answer {
    compare(arguments, |text, suffix| text.ends_with(suffix))
}
