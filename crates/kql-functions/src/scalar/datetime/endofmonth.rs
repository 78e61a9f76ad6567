//! `endofmonth`: when the month ends

use super::calendar::{Period, edge};
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "endofmonth",
    aliases: &[],
    help: "The last tick of the datetime's month, or of the month so many months later; null where that is \
           out of range.",
    examples: &[Example {
        query: "print v = endofmonth(datetime(2017-01-01 10:10:17), 1)",
        answer: &["v:datetime", "2017-02-28T23:59:59.9999999Z"],
    }],
    meaning: Meaning::Kernel(endofmonth),
};

fn endofmonth(arguments: &Arguments<'_>) -> Answer {
    edge(arguments, |date, offset| Period::Month.end(date, offset))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, datetime};

    #[test]
    fn finds_ends() {
        check(
            &FUNCTION,
            &[Type::DateTime, Type::Long],
            Type::DateTime,
            &[
                (
                    &[datetime("2020-01-31"), Value::Long(13)],
                    datetime("2021-02-28 23:59:59.9999999"),
                ),
                (
                    &[datetime("9999-12-31 23:00"), Value::Long(0)],
                    datetime("9999-12-31 23:59:59.9999999"),
                ),
                (&[datetime("9999-12-31 23:00"), Value::Long(1)], Value::Null(Type::DateTime)),
                (&[datetime("0001-01-01"), Value::Long(-1)], Value::Null(Type::DateTime)),
                (&[datetime("0001-01-01"), Value::Long(i64::MAX)], Value::Null(Type::DateTime)),
            ],
        );
    }
}
