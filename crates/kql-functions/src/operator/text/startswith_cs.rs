//! `startswith_cs`: the beginning of a string, case and all.

use super::compare;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "startswith_cs",
    aliases: &[],
    help: "Whether the left string begins with the right one, in the same case.",
    examples: &[Example {
        query: "print v = 'Fabrikam' startswith_cs 'FAB'",
        answer: &["v:bool", "False"],
    }],
    meaning: Meaning::Kernel(startswith_cs),
};

fn startswith_cs(arguments: &Arguments<'_>) -> Answer {
    compare(arguments, |text, prefix| text.starts_with(prefix))
}
