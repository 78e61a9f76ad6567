//! `*`: the product.

use super::{Operation, compute};
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "*",
    aliases: &[],
    help: "The product of two numbers, or of a timespan and a number. An `int` and an `int` give a `long`, which wraps around.",
    examples: &[Example {
        query: "print n = 2 * 2.5, t = 3 * 1h",
        answer: &["n:real, t:timespan", "5.0, 03:00:00"],
    }],
    meaning: Meaning::Kernel(compute::<Multiply>),
};

struct Multiply;

impl Operation for Multiply {
    const IS_TOTAL: bool = true;

    fn long(a: i64, b: i64) -> Option<i64> {
        Some(a.wrapping_mul(b))
    }

    fn real(a: f64, b: f64) -> f64 {
        a * b
    }

    fn decimal(a: Decimal, b: Decimal) -> Option<Decimal> {
        a.checked_mul(b)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, datetime, decimal, json, timespan};

    #[test]
    fn multiplies() {
        let null = Value::Null;
        check(
            &FUNCTION,
            &[Type::Int, Type::Int],
            Type::Long,
            &[(&[Value::Int(i32::MAX), Value::Int(2)], Value::Long(4294967294))],
        );
        check(
            &FUNCTION,
            &[Type::TimeSpan, Type::Real],
            Type::TimeSpan,
            &[
                (&[timespan("1d"), Value::Real(2.5)], timespan("2.12:00:00")),
                (&[timespan("1d"), Value::Real(f64::NAN)], null(Type::TimeSpan)),
            ],
        );
        check(
            &FUNCTION,
            &[Type::Int, Type::TimeSpan],
            Type::TimeSpan,
            &[(&[Value::Int(-2), timespan("1h")], timespan("-02:00:00"))],
        );
        check(
            &FUNCTION,
            &[Type::Dynamic, Type::Real],
            Type::Real,
            &[
                (&[json("2"), Value::Real(1.5)], Value::Real(3.0)),
                (&[json("\"x\""), Value::Real(1.5)], null(Type::Real)),
            ],
        );
        check(
            &FUNCTION,
            &[Type::DateTime, Type::Long],
            Type::DateTime,
            &[(&[datetime("0001-01-02"), Value::Long(2)], datetime("0001-01-03"))],
        );
        check(
            &FUNCTION,
            &[Type::Decimal, Type::Decimal],
            Type::Decimal,
            &[(&[decimal("1.5"), decimal("2")], decimal("3"))],
        );
    }
}
