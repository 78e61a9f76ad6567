//! `+`: the sum.

use super::{Operation, compute};
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "+",
    aliases: &[],
    help: "The sum of two numbers, of two timespans, or of a datetime and a timespan. An `int` and an `int` give a `long`; a `long` that is too large wraps around; a datetime beyond the year 9999 is null. Null with anything is null.",
    examples: &[Example {
        query: "print n = 1 + 2.5, t = datetime(2020-02-28) + 2d",
        answer: &["n:real, t:datetime", "3.5, 2020-03-01T00:00:00.0000000Z"],
    }],
    meaning: Meaning::Kernel(compute::<Add>),
};

struct Add;

impl Operation for Add {
    const IS_TOTAL: bool = true;

    fn long(a: i64, b: i64) -> Option<i64> {
        Some(a.wrapping_add(b))
    }

    fn real(a: f64, b: f64) -> f64 {
        a + b
    }

    fn decimal(a: Decimal, b: Decimal) -> Option<Decimal> {
        a.checked_add(b)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, datetime, decimal, json, timespan};

    #[test]
    fn adds() {
        let null = Value::Null;
        check(
            &FUNCTION,
            &[Type::Int, Type::Int],
            Type::Long,
            &[
                (&[Value::Int(i32::MAX), Value::Int(1)], Value::Long(2147483648)),
                (&[null(Type::Int), Value::Int(1)], null(Type::Long)),
            ],
        );
        check(
            &FUNCTION,
            &[Type::Long, Type::Long],
            Type::Long,
            &[
                (&[Value::Long(i64::MAX), Value::Long(1)], Value::Long(i64::MIN)),
                (&[Value::Long(1), null(Type::Long)], null(Type::Long)),
            ],
        );
        check(
            &FUNCTION,
            &[Type::Int, Type::Real],
            Type::Real,
            &[(&[Value::Int(-5), Value::Real(-5.5)], Value::Real(-10.5))],
        );
        check(
            &FUNCTION,
            &[Type::Decimal, Type::Long],
            Type::Decimal,
            &[(&[decimal("1.1"), Value::Long(2)], decimal("3.1"))],
        );
        check(
            &FUNCTION,
            &[Type::DateTime, Type::TimeSpan],
            Type::DateTime,
            &[
                (
                    &[datetime("9999-12-31 23:59:59.9999999"), timespan("1tick")],
                    null(Type::DateTime),
                ),
                (&[datetime("2020-06-15 13:45"), timespan("90m")], datetime("2020-06-15 15:15")),
            ],
        );
        check(
            &FUNCTION,
            &[Type::Dynamic, Type::Int],
            Type::Long,
            &[
                (&[json("2.5"), Value::Int(1)], Value::Long(3)),
                (&[json("[1]"), Value::Int(1)], null(Type::Long)),
                (&[null(Type::Dynamic), Value::Int(1)], null(Type::Long)),
            ],
        );
        check(
            &FUNCTION,
            &[Type::DateTime, Type::Dynamic],
            Type::DateTime,
            &[(&[datetime("2020-01-01"), json("\"1.00:00:00\"")], datetime("2020-01-02"))],
        );
        check(
            &FUNCTION,
            &[Type::Dynamic, Type::Dynamic],
            Type::Dynamic,
            &[
                (&[json("1"), json("2")], json("3")),
                (&[json("1"), json("2.5")], json("3.5")),
                (&[json("[1]"), json("1")], null(Type::Dynamic)),
            ],
        );
    }
}
