//! `datetime_add`: a datetime some parts later

use super::calendar::{add_months, in_range};
use super::part::Part;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "datetime_add",
    aliases: &[],
    help: "The datetime so many years, quarters, months, weeks, days, hours, minutes, seconds, milliseconds, \
           microseconds or nanoseconds later, or earlier where the number is negative. A day that the month does not \
           have becomes its last; a datetime out of range is null.",
    examples: &[Example {
        query: "print t = datetime_add('month', -1, datetime(2020-03-31))",
        answer: &["t:datetime", "2020-02-29T00:00:00.0000000Z"],
    }],
    meaning: Meaning::Kernel(datetime_add),
};

fn datetime_add(arguments: &Arguments<'_>) -> Answer {
    let (parts, counts, dates) = (arguments.strings(0)?, arguments.longs(1)?, arguments.longs(2)?);
    let constant = arguments.constant_string(0)?.map(Part::parse).transpose()?;
    arguments.make_longs(|row| {
        let part = constant.or_else(|| Part::parse(parts.at(row)).ok())?;
        let (count, date) = (counts.at(row)?, dates.at(row)?);
        match part {
            Part::Year => add_months(date, count.checked_mul(12)?),
            Part::Quarter => add_months(date, count.checked_mul(3)?),
            Part::Month => add_months(date, count),
            Part::Nanosecond => in_range(date.checked_add(count / 100)?),
            part => in_range(date.checked_add(count.checked_mul(part.ticks()?)?)?),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, datetime, error, text};

    #[test]
    fn adds() {
        for (part, count, from, to) in [
            ("week", -53, "2021-03-15 12:00", Some("2020-03-09 12:00")),
            ("day", -1, "0001-01-01 12:00", None),
            ("hour", 100_000, "2020-01-01", Some("2031-05-29 16:00")),
            ("second", -90_061, "2020-01-01", Some("2019-12-30 22:58:59")),
            ("quarter", -5, "2020-05-31", Some("2019-02-28")),
            ("month", -1, "2020-03-31", Some("2020-02-29")),
            ("year", 1, "2020-02-29", Some("2021-02-28")),
            ("year", i64::MAX, "2020-02-29", None),
            ("nanosecond", 250, "2020-02-29", Some("2020-02-29 00:00:00.0000002")),
        ] {
            let to = to.map_or(Value::Null(Type::DateTime), datetime);
            let types = &[Type::String, Type::Long, Type::DateTime];
            let arguments = [text(part), Value::Long(count), datetime(from)];
            check(&FUNCTION, types, Type::DateTime, &[(&arguments, to)]);
        }
        let message = error(
            &FUNCTION,
            Type::DateTime,
            &[text("moon"), Value::Long(1), datetime("2020-01-01")],
        );
        assert!(message.contains("`moon` is no part"), "{message}");
    }
}
