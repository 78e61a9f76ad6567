//! `now`: the time of the query

use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "now",
    aliases: &[],
    help: "The time at which the query began, in UTC, or so much later; the same wherever it stands in the \
           query.",
    examples: &[Example { query: "print v = now() == now()", answer: &["v:bool", "True"] }],
    meaning: Meaning::Resolved,
};
