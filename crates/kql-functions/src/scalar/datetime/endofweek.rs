//! `endofweek`: when the week ends

use super::calendar::{Period, edge};
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "endofweek",
    aliases: &[],
    help: "The last tick of the datetime's week, on Saturday, or of the week so many weeks later; null where \
           that is out of range.",
    examples: &[Example {
        query: "print v = endofweek(datetime(2017-01-01 10:10:17))",
        answer: &["v:datetime", "2017-01-07T23:59:59.9999999Z"],
    }],
    meaning: Meaning::Kernel(endofweek),
};

fn endofweek(arguments: &Arguments<'_>) -> Answer {
    edge(arguments, |date, offset| Period::Week.end(date, offset))
}
