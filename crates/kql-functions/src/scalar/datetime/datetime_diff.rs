//! `datetime_diff`: how many parts lie between two datetimes

use super::calendar::{date, weekday};
use super::part::Part;
use crate::prelude::*;
use kql_semantics::time::TICKS_PER_DAY;

pub(super) static FUNCTION: Function = Function {
    name: "datetime_diff",
    aliases: &[],
    help: "How many borders of years, quarters, months, weeks (from Sunday on), days, hours, minutes, \
           seconds, milliseconds or microseconds lie between two datetimes, or how many nanoseconds: positive where \
           the first is the later one.",
    examples: &[Example {
        query: "print a = datetime_diff('year', datetime(2017-01-01), datetime(2000-12-31)), b = datetime_diff('hour', datetime(2020-01-01 01:00), datetime(2020-01-01 02:59))",
        answer: &["a:long, b:long", "17, -1"],
    }],
    meaning: Meaning::Kernel(datetime_diff),
};

fn datetime_diff(arguments: &Arguments<'_>) -> Answer {
    let (parts, ends, starts) = (arguments.strings(0)?, arguments.longs(1)?, arguments.longs(2)?);
    let constant = arguments.constant_string(0)?.map(Part::parse).transpose()?;
    arguments.make_whole(|row| {
        let part = constant.or_else(|| Part::parse(parts.at(row)).ok())?;
        let (end, start) = (ends.at(row)?, starts.at(row)?);
        if part == Part::Nanosecond {
            return end.checked_sub(start)?.checked_mul(100);
        }
        Some(index(part, end)? - index(part, start)?)
    })
}

/// Which part of its kind a datetime is in.
fn index(part: Part, ticks: i64) -> Option<i64> {
    let (year, month, _) = date(ticks);
    Some(match part {
        Part::Year => year,
        Part::Quarter => year * 4 + (month - 1) / 3,
        Part::Month => year * 12 + month,
        Part::Week => (ticks.div_euclid(TICKS_PER_DAY) - weekday(ticks)).div_euclid(7),
        part => ticks.div_euclid(part.ticks()?),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, datetime, text};

    #[test]
    fn counts_borders() {
        for (part, end, start, count) in [
            ("year", "2017-01-01", "2000-12-31", 17),
            ("quarter", "2017-07-01", "2017-03-30", 2),
            ("month", "2017-01-01", "2015-12-30", 13),
            ("week", "2017-10-29 00:00", "2017-09-30 23:59", 5),
            ("week", "2024-02-29", "2020-02-29", 209),
            ("day", "2020-01-01 23:00", "2020-01-01 01:00", 0),
            ("day", "2017-10-29 00:00", "2017-09-30 23:59", 29),
            ("hour", "2017-10-31 01:00", "2017-10-30 23:59", 2),
            ("minute", "2017-10-30 23:05:01", "2017-10-30 23:00:59", 5),
            ("second", "2020-01-01 00:00:01.9999999", "2020-01-01 00:00:00.0000001", 1),
            ("millisecond", "2017-10-30 23:00:00.200100", "2017-10-30 23:00:00.100900", 100),
            ("microsecond", "2020-01-01 00:00:00.0000020", "2020-01-01 00:00:00.0000005", 2),
            ("nanosecond", "2017-10-30 23:00:00.0000000", "2017-10-30 23:00:00.0000007", -700),
        ] {
            let types = &[Type::String, Type::DateTime, Type::DateTime];
            let arguments = [text(part), datetime(end), datetime(start)];
            check(&FUNCTION, types, Type::Long, &[(&arguments, Value::Long(count))]);
        }
    }
}
