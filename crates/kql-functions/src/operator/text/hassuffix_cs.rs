//! `hassuffix_cs`: the end of a term within a string, case and all.

use super::find;
use crate::prelude::*;
use crate::text::needle::Search;

pub(super) static FUNCTION: Function = Function {
    name: "hassuffix_cs",
    aliases: &[],
    help: "Whether a term of the left string ends with the right one, in the same case. A term is a longest run of letters and digits, of any script; all else stands between terms, `_` too.",
    examples: &[Example {
        query: "print v = 'The END.' hassuffix_cs 'nd'",
        answer: &["v:bool", "False"],
    }],
    meaning: Meaning::Kernel(hassuffix_cs),
};

fn hassuffix_cs(arguments: &Arguments<'_>) -> Answer {
    find(arguments, Search::new(true, false, true))
}
