//! `startofday`: when the day begins

use super::calendar::{Period, edge};
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "startofday",
    aliases: &[],
    help: "When the datetime's day begins, or the day so many days later; null where that is out of range.",
    examples: &[Example {
        query: "print v = startofday(datetime(2017-01-01 10:10:17), -1)",
        answer: &["v:datetime", "2016-12-31T00:00:00.0000000Z"],
    }],
    meaning: Meaning::Kernel(startofday),
};

fn startofday(arguments: &Arguments<'_>) -> Answer {
    edge(arguments, |date, offset| Period::Day.start(date, offset))
}
