//! `-`: the difference, and the sign.

use super::{Operation, compute, negate};
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "-",
    aliases: &[],
    help: "The difference of two numbers, datetimes or timespans, or of a datetime and a timespan. Two datetimes give a timespan. An `int` and an `int` give a `long`, which wraps around; a datetime before the year 1 is null. Before one operand it turns its sign.",
    examples: &[Example {
        query: "print t = datetime(2020-03-01) - datetime(2020-02-28)",
        answer: &["t:timespan", "2.00:00:00"],
    }],
    meaning: Meaning::Kernel(subtract),
};

fn subtract(arguments: &Arguments<'_>) -> Answer {
    if arguments.len() == 1 { negate::negate(arguments) } else { compute::<Subtract>(arguments) }
}

struct Subtract;

impl Operation for Subtract {
    const IS_TOTAL: bool = true;

    fn long(a: i64, b: i64) -> Option<i64> {
        Some(a.wrapping_sub(b))
    }

    fn real(a: f64, b: f64) -> f64 {
        a - b
    }

    fn decimal(a: Decimal, b: Decimal) -> Option<Decimal> {
        a.checked_sub(b)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, datetime, decimal, json, timespan};

    #[test]
    fn subtracts() {
        let null = Value::Null;
        check(
            &FUNCTION,
            &[Type::Long, Type::Long],
            Type::Long,
            &[(&[Value::Long(i64::MIN), Value::Long(1)], Value::Long(i64::MAX))],
        );
        check(
            &FUNCTION,
            &[Type::DateTime, Type::DateTime],
            Type::TimeSpan,
            &[
                (&[datetime("2020-06-15"), datetime("2020-06-14")], timespan("1d")),
                (&[datetime("2020-06-15"), null(Type::DateTime)], null(Type::TimeSpan)),
            ],
        );
        check(
            &FUNCTION,
            &[Type::DateTime, Type::TimeSpan],
            Type::DateTime,
            &[(&[datetime("0001-01-01"), timespan("1tick")], null(Type::DateTime))],
        );
        check(
            &FUNCTION,
            &[Type::DateTime, Type::Dynamic],
            Type::TimeSpan,
            &[(&[datetime("2020-06-15"), json("\"2020-06-14\"")], timespan("1d"))],
        );
        check(
            &FUNCTION,
            &[Type::Real, Type::Long],
            Type::Real,
            &[(&[Value::Real(f64::INFINITY), Value::Long(1)], Value::Real(f64::INFINITY))],
        );
        check(
            &FUNCTION,
            &[Type::Decimal, Type::Decimal],
            Type::Decimal,
            &[(&[decimal("5.5"), decimal("2.2")], decimal("3.3"))],
        );
        check(
            &FUNCTION,
            &[Type::Dynamic, Type::Dynamic],
            Type::Dynamic,
            &[(
                &[
                    json("\"\u{1}d2020-01-02T00:00:00.0000000Z\""),
                    json("\"\u{1}d2020-01-01T00:00:00.0000000Z\""),
                ],
                json("\"\u{1}t1.00:00:00\""),
            )],
        );
    }
}
