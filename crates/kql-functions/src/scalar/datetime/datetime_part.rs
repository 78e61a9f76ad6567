//! `datetime_part`: a part of a datetime

use super::calendar::{date, day_of_year, iso_week};
use super::part::Part;
use crate::prelude::*;
use kql_semantics::time::{TICKS_PER_HOUR, TICKS_PER_MINUTE, TICKS_PER_SECOND};

pub(super) static FUNCTION: Function = Function {
    name: "datetime_part",
    aliases: &["datepart"],
    help: "A part of a datetime as a number: `year`, `quarter`, `month`, `week_of_year`, `day`, `dayofyear`, \
           `hour`, `minute`, `second`, and of the second `millisecond`, `microsecond`, `nanosecond`.",
    examples: &[Example {
        query: "print v = datetime_part('quarter', datetime(2017-10-30))",
        answer: &["v:long", "4"],
    }],
    meaning: Meaning::Kernel(datetime_part),
};

fn datetime_part(arguments: &Arguments<'_>) -> Answer {
    let (parts, dates) = (arguments.strings(0)?, arguments.longs(1)?);
    let constant = arguments.constant_string(0)?.map(Part::parse).transpose()?;
    arguments.make_whole(|row| {
        let part = constant.or_else(|| Part::parse(parts.at(row)).ok())?;
        dates.at(row).map(|date| value(part, date))
    })
}

fn value(part: Part, ticks: i64) -> i64 {
    let fraction = ticks % TICKS_PER_SECOND;
    match part {
        Part::Year => date(ticks).0,
        Part::Quarter => (date(ticks).1 + 2) / 3,
        Part::Month => date(ticks).1,
        Part::Week => iso_week(ticks),
        Part::Day => date(ticks).2,
        Part::DayOfYear => day_of_year(ticks),
        Part::Hour => ticks / TICKS_PER_HOUR % 24,
        Part::Minute => ticks / TICKS_PER_MINUTE % 60,
        Part::Second => ticks / TICKS_PER_SECOND % 60,
        Part::Millisecond => fraction / 10_000,
        Part::Microsecond => fraction / 10,
        Part::Nanosecond => fraction * 100,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, datetime, text};

    #[test]
    fn gives_parts() {
        for (part, number) in [
            ("year", 2017),
            ("quarter", 4),
            ("month", 10),
            ("week_of_year", 44),
            ("day", 30),
            ("dayOfYear", 303),
            ("hour", 1),
            ("minute", 2),
            ("second", 3),
            ("millisecond", 765),
            ("microsecond", 765_432),
            ("nanosecond", 765_432_100),
        ] {
            let arguments = [text(part), datetime("2017-10-30 01:02:03.7654321")];
            let types = &[Type::String, Type::DateTime];
            check(&FUNCTION, types, Type::Long, &[(&arguments, Value::Long(number))]);
        }
    }
}
