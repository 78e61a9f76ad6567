//! `endofday`: when the day ends

use super::calendar::{Period, edge};
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "endofday",
    aliases: &[],
    help: "The last tick of the datetime's day, or of the day so many days later; null where that is out of \
           range.",
    examples: &[Example {
        query: "print v = endofday(datetime(2017-01-01 10:10:17), -1)",
        answer: &["v:datetime", "2016-12-31T23:59:59.9999999Z"],
    }],
    meaning: Meaning::Kernel(endofday),
};

fn endofday(arguments: &Arguments<'_>) -> Answer {
    edge(arguments, |date, offset| Period::Day.end(date, offset))
}
