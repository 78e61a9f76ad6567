//! `hourofday`: the hour of the day

use super::calendar::part;
use crate::prelude::*;
use kql_semantics::time::TICKS_PER_HOUR;

pub(super) static FUNCTION: Function = Function {
    name: "hourofday",
    aliases: &[],
    help: "The hour of the day, 0 to 23.",
    examples: &[Example {
        query: "print v = hourofday(datetime(2015-12-14 18:54))",
        answer: &["v:long", "18"],
    }],
    meaning: Meaning::Kernel(hourofday),
};

fn hourofday(arguments: &Arguments<'_>) -> Answer {
    part(arguments, |ticks| ticks / TICKS_PER_HOUR % 24)
}
