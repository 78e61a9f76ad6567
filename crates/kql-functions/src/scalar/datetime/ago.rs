//! `ago`: a time before that of the query

use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "ago",
    aliases: &[],
    help: "So much before the time at which the query began, in UTC.",
    examples: &[Example {
        query: "print v = now() - ago(1h)",
        answer: &["v:timespan", "01:00:00"],
    }],
    meaning: Meaning::Resolved,
};
