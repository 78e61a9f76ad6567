//! `totimespan`: to a timespan.

use crate::convert;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "totimespan",
    aliases: &["totime"],
    help: "The value as a `timespan`: a string like `1.02:03:04.5`, `13:00` or `90m`, a number as ticks of 100 ns; null where it is none.",
    examples: &[Example {
        query: "print a = totimespan('1.02:03:04.5'), b = totimespan('90m'), c = totimespan('10')",
        answer: &["a:timespan, b:timespan, c:timespan", "1.02:03:04.5000000, 01:30:00, "],
    }],
    meaning: Meaning::Kernel(totimespan),
};

fn totimespan(arguments: &Arguments<'_>) -> Answer {
    convert::column(arguments, Type::TimeSpan)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, json, text, timespan};

    #[test]
    fn converts() {
        check(
            &FUNCTION,
            &[Type::String],
            Type::TimeSpan,
            &[
                (&[text(" -1.02:03:04")], timespan("-1.02:03:04")),
                (&[text("10")], Value::Null(Type::TimeSpan)),
                (&[text("1d")], timespan("1d")),
                (&[text("abc")], Value::Null(Type::TimeSpan)),
                (&[text("00:00:00.00000009")], timespan("0s")),
            ],
        );
        check(
            &FUNCTION,
            &[Type::Long],
            Type::TimeSpan,
            &[(&[Value::Long(-10)], Value::TimeSpan(-10))],
        );
        check(
            &FUNCTION,
            &[Type::Real],
            Type::TimeSpan,
            &[
                (&[Value::Real(f64::NAN)], Value::Null(Type::TimeSpan)),
                (&[Value::Real(20.5)], Value::TimeSpan(20)),
            ],
        );
        check(
            &FUNCTION,
            &[Type::Dynamic],
            Type::TimeSpan,
            &[
                (&[json("\"01:00:00\"")], timespan("1h")),
                (&[json("20.5")], Value::TimeSpan(20)),
                (&[json("false")], Value::TimeSpan(0)),
                (&[json("[1]")], Value::Null(Type::TimeSpan)),
            ],
        );
    }
}
