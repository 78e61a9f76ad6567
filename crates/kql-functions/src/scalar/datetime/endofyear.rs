//! `endofyear`: when the year ends

use super::calendar::{Period, edge};
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "endofyear",
    aliases: &[],
    help: "The last tick of the datetime's year, or of the year so many years later; null where that is out \
           of range.",
    examples: &[Example {
        query: "print v = endofyear(datetime(2020-06-15), -1)",
        answer: &["v:datetime", "2019-12-31T23:59:59.9999999Z"],
    }],
    meaning: Meaning::Kernel(endofyear),
};

fn endofyear(arguments: &Arguments<'_>) -> Answer {
    edge(arguments, |date, offset| Period::Year.end(date, offset))
}
