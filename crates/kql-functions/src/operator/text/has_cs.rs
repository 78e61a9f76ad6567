//! `has_cs`: whole terms within a string, case and all.

use super::find;
use crate::prelude::*;
use crate::text::needle::Search;

pub(super) static FUNCTION: Function = Function {
    name: "has_cs",
    aliases: &[],
    help: "Whether the right string stands in the left one as whole terms, in the same case. A term is a longest run of letters and digits, of any script; all else stands between terms, `_` too.",
    examples: &[Example {
        query: "print v = 'North America' has_cs 'america'",
        answer: &["v:bool", "False"],
    }],
    meaning: Meaning::Kernel(has_cs),
};

fn has_cs(arguments: &Arguments<'_>) -> Answer {
    find(arguments, Search::new(true, true, true))
}
