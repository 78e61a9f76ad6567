//! `%`: what a division leaves.

use super::{Operation, compute};
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "%",
    aliases: &[],
    help: "What is left of a division, never negative. Null where the divisor is 0 and both are whole numbers.",
    examples: &[Example {
        query: "print a = -7 % 2, b = 5.5 % 2, t = 25h % 7h",
        answer: &["a:long, b:real, t:timespan", "1, 1.5, 04:00:00"],
    }],
    meaning: Meaning::Kernel(compute::<Modulo>),
};

struct Modulo;

impl Operation for Modulo {
    const IS_TOTAL: bool = false;

    fn long(a: i64, b: i64) -> Option<i64> {
        if b == 0 { None } else { Some(a.wrapping_rem_euclid(b)) }
    }

    fn real(a: f64, b: f64) -> f64 {
        a.rem_euclid(b)
    }

    fn decimal(a: Decimal, b: Decimal) -> Option<Decimal> {
        a.checked_rem(b)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, datetime, decimal, json, timespan};

    #[test]
    fn leaves_what_is_not_negative() {
        let null = Value::Null;
        check(
            &FUNCTION,
            &[Type::Long, Type::Long],
            Type::Long,
            &[
                (&[Value::Long(-10), Value::Long(4)], Value::Long(2)),
                (&[Value::Long(10), Value::Long(-4)], Value::Long(2)),
                (&[Value::Long(-5), Value::Long(-3)], Value::Long(1)),
                (&[Value::Long(1), Value::Long(0)], null(Type::Long)),
                (&[Value::Long(i64::MIN), Value::Long(-1)], Value::Long(0)),
            ],
        );
        check(
            &FUNCTION,
            &[Type::Real, Type::Real],
            Type::Real,
            &[
                (&[Value::Real(-5.5), Value::Real(2.0)], Value::Real(0.5)),
                (&[Value::Real(5.5), Value::Real(-3.0)], Value::Real(2.5)),
                (&[Value::Real(1.0), Value::Real(0.0)], Value::Real(f64::NAN)),
            ],
        );
        check(
            &FUNCTION,
            &[Type::TimeSpan, Type::TimeSpan],
            Type::TimeSpan,
            &[(&[timespan("10d"), timespan("3d")], timespan("1d"))],
        );
        check(
            &FUNCTION,
            &[Type::DateTime, Type::TimeSpan],
            Type::TimeSpan,
            &[(&[datetime("2020-01-01 05:00"), timespan("1d")], timespan("5h"))],
        );
        check(
            &FUNCTION,
            &[Type::Decimal, Type::Decimal],
            Type::Decimal,
            &[(&[decimal("-7.5"), decimal("2")], decimal("0.5"))],
        );
        check(
            &FUNCTION,
            &[Type::Dynamic, Type::Dynamic],
            Type::Dynamic,
            &[(&[json("-7"), json("2")], json("1"))],
        );
    }
}
