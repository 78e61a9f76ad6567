//! `toint`: to a whole number of 32 bits.

use crate::convert;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "toint",
    aliases: &[],
    help: "The value as an `int`: the whole part of a real, the number that a string writes (decimal, or hexadecimal behind `0x`), 1 for true; null where it is none. A `long` that is too large wraps around, a real stops at the last `int`.",
    examples: &[Example {
        query: "print a = toint('123'), b = toint(2.9), c = toint('12.5')",
        answer: &["a:int, b:int, c:int", "123, 2, "],
    }],
    meaning: Meaning::Kernel(toint),
};

fn toint(arguments: &Arguments<'_>) -> Answer {
    convert::column(arguments, Type::Int)
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
            Type::Int,
            &[
                (&[text(" 123 ")], Value::Int(123)),
                (&[text("0xFF")], Value::Int(255)),
                (&[text("12.5")], Value::Null(Type::Int)),
                (&[text("2147483648")], Value::Null(Type::Int)),
                (&[text("")], Value::Null(Type::Int)),
            ],
        );
        check(
            &FUNCTION,
            &[Type::Long],
            Type::Int,
            &[
                (&[Value::Long(2147483648)], Value::Int(i32::MIN)),
                (&[Value::Null(Type::Long)], Value::Null(Type::Int)),
            ],
        );
        check(
            &FUNCTION,
            &[Type::Real],
            Type::Int,
            &[
                (&[Value::Real(-2.9)], Value::Int(-2)),
                (&[Value::Real(1e10)], Value::Int(i32::MAX)),
                (&[Value::Real(f64::NAN)], Value::Null(Type::Int)),
            ],
        );
        check(&FUNCTION, &[Type::Bool], Type::Int, &[(&[Value::Bool(true)], Value::Int(1))]);
        check(
            &FUNCTION,
            &[Type::Dynamic],
            Type::Int,
            &[
                (&[json("9.99")], Value::Int(9)),
                (&[json("\"3\"")], Value::Int(3)),
                (&[json("\"1.5\"")], Value::Null(Type::Int)),
                (&[json("[1]")], Value::Null(Type::Int)),
                (&[json("true")], Value::Int(1)),
                (&[Value::Null(Type::Dynamic)], Value::Null(Type::Int)),
            ],
        );
        check(
            &FUNCTION,
            &[Type::TimeSpan],
            Type::Int,
            &[(&[timespan("1h")], Value::Int(1640261632))],
        );
    }
}
