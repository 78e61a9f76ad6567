//! `tostring`: to text.

use crate::convert;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "tostring",
    aliases: &[],
    help: "The value as a string; null gives \"\". Datetimes have seven digits behind the second, a dynamic is JSON without spaces.",
    examples: &[Example {
        query: "print a = tostring(true), b = tostring(1500.0), c = tostring(26h), d = tostring(dynamic({'a': [1]}))",
        answer: &[
            "a:string, b:string, c:string, d:string",
            "True, 1500.0, 1.02:00:00, {\"a\":[1]}",
        ],
    }],
    meaning: Meaning::Kernel(tostring),
};

fn tostring(arguments: &Arguments<'_>) -> Answer {
    convert::column(arguments, Type::String)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, datetime, decimal, json, text, timespan};

    #[test]
    fn converts() {
        check(
            &FUNCTION,
            &[Type::Bool],
            Type::String,
            &[
                (&[Value::Bool(true)], text("True")),
                (&[Value::Bool(false)], text("False")),
                (&[Value::Null(Type::Bool)], text("")),
            ],
        );
        check(&FUNCTION, &[Type::Int], Type::String, &[(&[Value::Int(-5)], text("-5"))]);
        check(
            &FUNCTION,
            &[Type::Long],
            Type::String,
            &[
                (&[Value::Long(i64::MIN)], text("-9223372036854775808")),
                (&[Value::Null(Type::Long)], text("")),
            ],
        );
        check(
            &FUNCTION,
            &[Type::Real],
            Type::String,
            &[
                (&[Value::Real(1.5)], text("1.5")),
                (&[Value::Real(1500.0)], text("1500.0")),
                (&[Value::Real(f64::NAN)], text("NaN")),
            ],
        );
        check(&FUNCTION, &[Type::Decimal], Type::String, &[(&[decimal("1.50")], text("1.5"))]);
        check(
            &FUNCTION,
            &[Type::DateTime],
            Type::String,
            &[
                (&[datetime("2020-01-02 03:04:05.6")], text("2020-01-02T03:04:05.6000000Z")),
                (&[Value::Null(Type::DateTime)], text("")),
            ],
        );
        check(
            &FUNCTION,
            &[Type::TimeSpan],
            Type::String,
            &[(&[timespan("-1.02:03:04")], text("-1.02:03:04"))],
        );
        check(
            &FUNCTION,
            &[Type::Guid],
            Type::String,
            &[(&[Value::Guid(1)], text("00000000-0000-0000-0000-000000000001"))],
        );
        check(
            &FUNCTION,
            &[Type::Dynamic],
            Type::String,
            &[
                (&[json("\"red\"")], text("red")),
                (&[json("true")], text("true")),
                (&[json("[1, \"a\"]")], text("[1,\"a\"]")),
                (&[json("[\"\u{1}t1.00:00:00\"]")], text("[\"1.00:00:00\"]")),
                (&[Value::Null(Type::Dynamic)], text("")),
            ],
        );
    }
}
