//! `has`: whole terms within a string.

use super::find;
use crate::prelude::*;
use crate::text::needle::Search;

pub(super) static FUNCTION: Function = Function {
    name: "has",
    aliases: &[],
    help: "Whether the right string stands in the left one as whole terms, in any case. A term is a longest run of letters and digits, of any script; all else stands between terms, `_` too. The empty string is in every string.",
    examples: &[Example {
        query: "print v = 'North America' has 'america'",
        answer: &["v:bool", "True"],
    }],
    meaning: Meaning::Kernel(has),
};

fn has(arguments: &Arguments<'_>) -> Answer {
    find(arguments, Search::new(false, true, true))
}
