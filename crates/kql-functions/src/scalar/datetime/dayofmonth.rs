//! `dayofmonth`: the day of the month

use super::calendar::{date, part};
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "dayofmonth",
    aliases: &[],
    help: "The day of the month, from 1 on.",
    examples: &[Example {
        query: "print v = dayofmonth(datetime(2015-12-14))",
        answer: &["v:int", "14"],
    }],
    meaning: Meaning::Kernel(dayofmonth),
};

fn dayofmonth(arguments: &Arguments<'_>) -> Answer {
    part(arguments, |ticks| date(ticks).2)
}
