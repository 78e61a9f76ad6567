//! `tolong`: to a whole number of 64 bits.

use crate::convert;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "tolong",
    aliases: &[],
    help: "The value as a `long`: the whole part of a real, the ticks of a datetime or timespan, the number that a string writes (decimal, or hexadecimal behind `0x`), 1 for true; null where it is none.",
    examples: &[Example {
        query: "print a = tolong('0xFF'), b = tolong(1s), c = tolong('12.5')",
        answer: &["a:long, b:long, c:long", "255, 10000000, "],
    }],
    meaning: Meaning::Kernel(tolong),
};

fn tolong(arguments: &Arguments<'_>) -> Answer {
    convert::column(arguments, Type::Long)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, datetime, decimal, json, text};

    #[test]
    fn converts() {
        check(
            &FUNCTION,
            &[Type::String],
            Type::Long,
            &[
                (&[text("9223372036854775807")], Value::Long(i64::MAX)),
                (&[text("9223372036854775808")], Value::Null(Type::Long)),
                (&[text("abc")], Value::Null(Type::Long)),
            ],
        );
        check(
            &FUNCTION,
            &[Type::Int],
            Type::Long,
            &[
                (&[Value::Int(-1)], Value::Long(-1)),
                (&[Value::Null(Type::Int)], Value::Null(Type::Long)),
            ],
        );
        check(
            &FUNCTION,
            &[Type::Real],
            Type::Long,
            &[
                (&[Value::Real(123.5)], Value::Long(123)),
                (&[Value::Real(f64::INFINITY)], Value::Null(Type::Long)),
            ],
        );
        check(&FUNCTION, &[Type::Decimal], Type::Long, &[(&[decimal("-1.5")], Value::Long(-1))]);
        check(
            &FUNCTION,
            &[Type::Dynamic],
            Type::Long,
            &[
                (&[json("9.99")], Value::Long(9)),
                (&[json("\"9223372036854775807\"")], Value::Long(i64::MAX)),
                (&[json("{}")], Value::Null(Type::Long)),
            ],
        );
        check(
            &FUNCTION,
            &[Type::DateTime],
            Type::Long,
            &[(&[datetime("1970-01-01")], Value::Long(621355968000000000))],
        );
        check(&FUNCTION, &[Type::Bool], Type::Long, &[(&[Value::Bool(false)], Value::Long(0))]);
    }
}
