//! `/`: the quotient.

use super::{Operation, compute};
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "/",
    aliases: &[],
    help: "The quotient of two numbers, of two timespans, or of a timespan and a number. Whole numbers give a whole number, cut towards zero, and null where the divisor is 0; reals give infinity or NaN there. Timespan by timespan is a real.",
    examples: &[Example {
        query: "print a = 7 / 2, b = -7 / 2, c = 7 / 2.0, d = 1d / 1h",
        answer: &["a:long, b:long, c:real, d:real", "3, -3, 3.5, 24.0"],
    }],
    meaning: Meaning::Kernel(compute::<Divide>),
};

struct Divide;

impl Operation for Divide {
    const IS_TOTAL: bool = false;

    fn long(a: i64, b: i64) -> Option<i64> {
        if b == 0 { None } else { Some(a.wrapping_div(b)) }
    }

    fn real(a: f64, b: f64) -> f64 {
        a / b
    }

    fn decimal(a: Decimal, b: Decimal) -> Option<Decimal> {
        a.checked_div(b)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, decimal, json, timespan};

    #[test]
    fn divides() {
        let null = Value::Null;
        check(
            &FUNCTION,
            &[Type::Long, Type::Long],
            Type::Long,
            &[
                (&[Value::Long(-7), Value::Long(2)], Value::Long(-3)),
                (&[Value::Long(7), Value::Long(-2)], Value::Long(-3)),
                (&[Value::Long(1), Value::Long(0)], null(Type::Long)),
                (&[Value::Long(i64::MIN), Value::Long(-1)], Value::Long(i64::MIN)),
            ],
        );
        check(
            &FUNCTION,
            &[Type::Real, Type::Int],
            Type::Real,
            &[
                (&[Value::Real(-1.0), Value::Int(0)], Value::Real(f64::NEG_INFINITY)),
                (&[Value::Real(0.0), Value::Int(0)], Value::Real(f64::NAN)),
            ],
        );
        check(
            &FUNCTION,
            &[Type::TimeSpan, Type::TimeSpan],
            Type::Real,
            &[
                (&[timespan("-1d"), timespan("-1h")], Value::Real(24.0)),
                (&[timespan("1d"), timespan("0s")], Value::Real(f64::INFINITY)),
            ],
        );
        check(
            &FUNCTION,
            &[Type::TimeSpan, Type::Long],
            Type::TimeSpan,
            &[
                (&[timespan("1s"), Value::Long(1000)], timespan("1ms")),
                (&[timespan("1s"), Value::Long(0)], null(Type::TimeSpan)),
            ],
        );
        check(
            &FUNCTION,
            &[Type::TimeSpan, Type::Real],
            Type::TimeSpan,
            &[
                (&[timespan("10d"), Value::Real(2.5)], timespan("4d")),
                (&[timespan("1d"), Value::Real(0.0)], null(Type::TimeSpan)),
            ],
        );
        check(
            &FUNCTION,
            &[Type::Decimal, Type::Decimal],
            Type::Decimal,
            &[
                (&[decimal("7"), decimal("2")], decimal("3.5")),
                (&[decimal("1"), decimal("0")], null(Type::Decimal)),
            ],
        );
        check(
            &FUNCTION,
            &[Type::Dynamic, Type::Dynamic],
            Type::Dynamic,
            &[
                (&[json("7"), json("2")], json("3")),
                (&[json("1"), json("0")], null(Type::Dynamic)),
                (&[json("7.0"), json("2")], json("3.5")),
            ],
        );
        check(
            &FUNCTION,
            &[Type::Dynamic, Type::Long],
            Type::Long,
            &[(&[json("7"), Value::Long(0)], null(Type::Long))],
        );
    }
}
