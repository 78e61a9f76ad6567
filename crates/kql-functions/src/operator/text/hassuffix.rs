//! `hassuffix`: the end of a term within a string.

use super::find;
use crate::prelude::*;
use crate::text::needle::Search;

pub(super) static FUNCTION: Function = Function {
    name: "hassuffix",
    aliases: &[],
    help: "Whether a term of the left string ends with the right one, in any case. A term is a longest run of letters and digits, of any script; all else stands between terms, `_` too.",
    examples: &[Example {
        query: "print v = 'The END.' hassuffix 'nd'",
        answer: &["v:bool", "True"],
    }],
    meaning: Meaning::Kernel(hassuffix),
};

fn hassuffix(arguments: &Arguments<'_>) -> Answer {
    find(arguments, Search::new(false, false, true))
}
