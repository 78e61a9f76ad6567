//! `todatetime`: to a datetime.

use crate::convert;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "todatetime",
    aliases: &[],
    help: "The value as a `datetime`: what a string says in one of many ways (ISO 8601, RFC 822 and 850, month/day/year), a number as ticks since the year 1; null where it is none. A time without an offset is UTC.",
    examples: &[Example {
        query: "print a = todatetime('2022-12-02T13:45:56+02:00'), b = todatetime('12/02/2022')",
        answer: &[
            "a:datetime, b:datetime",
            "2022-12-02T11:45:56.0000000Z, 2022-12-02T00:00:00.0000000Z",
        ],
    }],
    meaning: Meaning::Kernel(todatetime),
};

fn todatetime(arguments: &Arguments<'_>) -> Answer {
    convert::column(arguments, Type::DateTime)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, datetime, json, text};

    #[test]
    fn converts() {
        check(
            &FUNCTION,
            &[Type::String],
            Type::DateTime,
            &[
                (&[text("2020-02-30")], Value::Null(Type::DateTime)),
                (&[text("not a date")], Value::Null(Type::DateTime)),
                (&[text("2015-12-31 23:59:59.9")], datetime("2015-12-31T23:59:59.9Z")),
            ],
        );
        check(
            &FUNCTION,
            &[Type::Real],
            Type::DateTime,
            &[
                (&[Value::Real(1.5)], Value::DateTime(1)),
                (&[Value::Real(-1.0)], Value::Null(Type::DateTime)),
            ],
        );
        check(
            &FUNCTION,
            &[Type::Long],
            Type::DateTime,
            &[
                (&[Value::Long(0)], datetime("0001-01-01")),
                (&[Value::Long(i64::MAX)], Value::Null(Type::DateTime)),
            ],
        );
        check(
            &FUNCTION,
            &[Type::Dynamic],
            Type::DateTime,
            &[
                (&[json("\"2020-01-01\"")], datetime("2020-01-01")),
                (&[json("\"\u{1}d2020-01-01T00:00:00.0000000Z\"")], datetime("2020-01-01")),
                (&[json("[]")], Value::Null(Type::DateTime)),
            ],
        );
    }
}
