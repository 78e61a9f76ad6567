//! `monthofyear`: the month of the year

use super::calendar::{date, part};
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "monthofyear",
    aliases: &["getmonth"],
    help: "The month of the year, 1 to 12.",
    examples: &[Example {
        query: "print v = monthofyear(datetime(2015-12-14))",
        answer: &["v:long", "12"],
    }],
    meaning: Meaning::Kernel(monthofyear),
};

fn monthofyear(arguments: &Arguments<'_>) -> Answer {
    part(arguments, |ticks| date(ticks).1)
}
