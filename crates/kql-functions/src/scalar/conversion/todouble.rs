//! `todouble`: to a double.

use crate::convert;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "todouble",
    aliases: &["toreal"],
    help: "The value as a `real`: the number that a string writes, the ticks of a datetime or timespan, 1 for true; null where it is none. `nan`, `inf` and `-inf` are read too.",
    examples: &[Example {
        query: "print a = todouble('1.5e3'), b = todouble('1,5')",
        answer: &["a:real, b:real", "1500.0, "],
    }],
    meaning: Meaning::Kernel(todouble),
};

fn todouble(arguments: &Arguments<'_>) -> Answer {
    convert::column(arguments, Type::Real)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, decimal, json, text, timespan};

    #[test]
    fn converts() {
        check(
            &FUNCTION,
            &[Type::String],
            Type::Real,
            &[
                (&[text(".5")], Value::Real(0.5)),
                (&[text("1_000")], Value::Null(Type::Real)),
                (&[text("-inf")], Value::Real(f64::NEG_INFINITY)),
                (&[text("")], Value::Null(Type::Real)),
            ],
        );
        check(&FUNCTION, &[Type::Bool], Type::Real, &[(&[Value::Bool(true)], Value::Real(1.0))]);
        check(&FUNCTION, &[Type::Long], Type::Real, &[(&[Value::Long(-2)], Value::Real(-2.0))]);
        check(
            &FUNCTION,
            &[Type::TimeSpan],
            Type::Real,
            &[(&[timespan("1h")], Value::Real(36000000000.0))],
        );
        check(&FUNCTION, &[Type::Decimal], Type::Real, &[(&[decimal("0.1")], Value::Real(0.1))]);
        check(
            &FUNCTION,
            &[Type::Dynamic],
            Type::Real,
            &[
                (&[json("9.5")], Value::Real(9.5)),
                (&[json("\"5\"")], Value::Real(5.0)),
                (&[json("[]")], Value::Null(Type::Real)),
            ],
        );
    }
}
