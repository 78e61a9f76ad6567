//! `dayofweek`: the day of the week

use super::calendar::{Period, weekday};
use crate::prelude::*;
use kql_semantics::time::TICKS_PER_DAY;

pub(super) static FUNCTION: Function = Function {
    name: "dayofweek",
    aliases: &[],
    help: "The time since the begin of the week, as whole days: none on Sunday, 6 on Saturday. Null in the \
           last week of the year 9999, which has no end.",
    examples: &[Example {
        query: "print v = dayofweek(datetime(2020-06-15))",
        answer: &["v:timespan", "1.00:00:00"],
    }],
    meaning: Meaning::Kernel(dayofweek),
};

fn dayofweek(arguments: &Arguments<'_>) -> Answer {
    let dates = arguments.longs(0)?;
    arguments.make_longs(|row| {
        let date = dates.at(row)?;
        Period::Week.end(date, 0)?;
        Some(weekday(date) * TICKS_PER_DAY)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, datetime, timespan};

    #[test]
    fn counts_days() {
        check(
            &FUNCTION,
            &[Type::DateTime],
            Type::TimeSpan,
            &[
                (&[datetime("1947-11-30 10:00:05")], timespan("0s")),
                (&[datetime("0001-01-01")], timespan("1d")),
                (&[datetime("2020-02-29 00:00:01")], timespan("6d")),
                (&[datetime("9999-12-31")], Value::Null(Type::TimeSpan)),
                (&[Value::Null(Type::DateTime)], Value::Null(Type::TimeSpan)),
            ],
        );
    }
}
