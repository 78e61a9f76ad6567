//! `hasprefix_cs`: the beginning of a term within a string, case and all.

use super::find;
use crate::prelude::*;
use crate::text::needle::Search;

pub(super) static FUNCTION: Function = Function {
    name: "hasprefix_cs",
    aliases: &[],
    help: "Whether a term of the left string begins with the right one, in the same case. A term is a longest run of letters and digits, of any script; all else stands between terms, `_` too.",
    examples: &[Example {
        query: "print v = 'North America' hasprefix_cs 'ame'",
        answer: &["v:bool", "False"],
    }],
    meaning: Meaning::Kernel(hasprefix_cs),
};

fn hasprefix_cs(arguments: &Arguments<'_>) -> Answer {
    find(arguments, Search::new(true, true, false))
}
