//! `unixtime_seconds_todatetime`: seconds since 1970 as a datetime

use super::unixtime::datetime;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "unixtime_seconds_todatetime",
    aliases: &[],
    help: "The datetime so many seconds after 1970-01-01 UTC; null where that is out of range.",
    examples: &[Example {
        query: "print t = unixtime_seconds_todatetime(1546300800)",
        answer: &["t:datetime", "2019-01-01T00:00:00.0000000Z"],
    }],
    meaning: Meaning::Kernel(unixtime_seconds_todatetime),
};

fn unixtime_seconds_todatetime(arguments: &Arguments<'_>) -> Answer {
    datetime(arguments, 1_000_000_000)
}
