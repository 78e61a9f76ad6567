//! `contains_cs`: a string within another, case and all.

use super::find;
use crate::prelude::*;
use crate::text::needle::Search;

pub(super) static FUNCTION: Function = Function {
    name: "contains_cs",
    aliases: &[],
    help: "Whether the left string holds the right one anywhere, in the same case.",
    examples: &[Example {
        query: "print v = 'FabriKam' contains_cs 'Kam'",
        answer: &["v:bool", "True"],
    }],
    meaning: Meaning::Kernel(contains_cs),
};

fn contains_cs(arguments: &Arguments<'_>) -> Answer {
    find(arguments, Search::new(true, false, false))
}
