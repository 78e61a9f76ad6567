//! `unixtime_microseconds_todatetime`: microseconds since 1970 as a datetime

use super::unixtime::datetime;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "unixtime_microseconds_todatetime",
    aliases: &[],
    help: "The datetime so many microseconds after 1970-01-01 UTC; null where that is out of range.",
    examples: &[Example {
        query: "print t = unixtime_microseconds_todatetime(1546300800000000)",
        answer: &["t:datetime", "2019-01-01T00:00:00.0000000Z"],
    }],
    meaning: Meaning::Kernel(unixtime_microseconds_todatetime),
};

fn unixtime_microseconds_todatetime(arguments: &Arguments<'_>) -> Answer {
    datetime(arguments, 1_000)
}
