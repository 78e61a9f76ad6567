//! `startofweek`: when the week begins

use super::calendar::{Period, edge};
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "startofweek",
    aliases: &[],
    help: "When the datetime's week begins, on Sunday, or the week so many weeks later; null where that is \
           out of range.",
    examples: &[Example {
        query: "print v = startofweek(datetime(2017-01-01 10:10:17), -1)",
        answer: &["v:datetime", "2016-12-25T00:00:00.0000000Z"],
    }],
    meaning: Meaning::Kernel(startofweek),
};

fn startofweek(arguments: &Arguments<'_>) -> Answer {
    edge(arguments, |date, offset| Period::Week.start(date, offset))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, datetime};

    #[test]
    fn finds_sundays() {
        let types = &[Type::DateTime, Type::Long];
        check(
            &FUNCTION,
            types,
            Type::DateTime,
            &[
                (&[datetime("2020-06-15 13:45"), Value::Long(-2)], datetime("2020-05-31")),
                (&[datetime("2020-06-15 13:45"), Value::Long(3)], datetime("2020-07-05")),
                (
                    &[datetime("2020-06-15 13:45"), Value::Long(i64::MAX)],
                    Value::Null(Type::DateTime),
                ),
                (&[datetime("0001-01-01"), Value::Long(0)], Value::Null(Type::DateTime)),
            ],
        );
        check(
            &FUNCTION,
            &[Type::DateTime],
            Type::DateTime,
            &[(&[datetime("2006-12-31")], datetime("2006-12-31"))],
        );
    }
}
