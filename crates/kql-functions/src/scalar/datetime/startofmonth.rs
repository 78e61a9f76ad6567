//! `startofmonth`: when the month begins

use super::calendar::{Period, edge};
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "startofmonth",
    aliases: &[],
    help: "When the datetime's month begins, or the month so many months later; null where that is out of \
           range.",
    examples: &[Example {
        query: "print v = startofmonth(datetime(2017-01-01 10:10:17), -1)",
        answer: &["v:datetime", "2016-12-01T00:00:00.0000000Z"],
    }],
    meaning: Meaning::Kernel(startofmonth),
};

fn startofmonth(arguments: &Arguments<'_>) -> Answer {
    edge(arguments, |date, offset| Period::Month.start(date, offset))
}
