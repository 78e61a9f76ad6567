//! `startofyear`: when the year begins

use super::calendar::{Period, edge};
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "startofyear",
    aliases: &[],
    help: "When the datetime's year begins, or the year so many years later; null where that is out of \
           range.",
    examples: &[Example {
        query: "print v = startofyear(datetime(2017-01-01 10:10:17), -1)",
        answer: &["v:datetime", "2016-01-01T00:00:00.0000000Z"],
    }],
    meaning: Meaning::Kernel(startofyear),
};

fn startofyear(arguments: &Arguments<'_>) -> Answer {
    edge(arguments, |date, offset| Period::Year.start(date, offset))
}
