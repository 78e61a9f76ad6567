//! `unixtime_nanoseconds_todatetime`: nanoseconds since 1970 as a datetime

use super::unixtime::datetime;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "unixtime_nanoseconds_todatetime",
    aliases: &[],
    help: "The datetime so many nanoseconds after 1970-01-01 UTC, those less than 100 cut off.",
    examples: &[Example {
        query: "print t = unixtime_nanoseconds_todatetime(1546300800000000000)",
        answer: &["t:datetime", "2019-01-01T00:00:00.0000000Z"],
    }],
    meaning: Meaning::Kernel(unixtime_nanoseconds_todatetime),
};

fn unixtime_nanoseconds_todatetime(arguments: &Arguments<'_>) -> Answer {
    datetime(arguments, 1)
}
