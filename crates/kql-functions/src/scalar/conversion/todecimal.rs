//! `todecimal`: to a decimal.

use crate::convert;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "todecimal",
    aliases: &[],
    help: "The value as a `decimal`: the number that a string writes, all its digits up to 34; null where it is none.",
    examples: &[Example {
        query: "print d = todecimal('3.14159265358979323846')",
        answer: &["d:decimal", "3.14159265358979323846"],
    }],
    meaning: Meaning::Kernel(todecimal),
};

fn todecimal(arguments: &Arguments<'_>) -> Answer {
    convert::column(arguments, Type::Decimal)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, decimal, json, text};

    #[test]
    fn converts() {
        check(
            &FUNCTION,
            &[Type::String],
            Type::Decimal,
            &[(&[text("-1.50")], decimal("-1.5")), (&[text("abc")], Value::Null(Type::Decimal))],
        );
        check(&FUNCTION, &[Type::Int], Type::Decimal, &[(&[Value::Int(3)], decimal("3"))]);
        check(
            &FUNCTION,
            &[Type::Real],
            Type::Decimal,
            &[
                (&[Value::Real(0.1)], decimal("0.1")),
                (&[Value::Real(f64::NAN)], Value::Null(Type::Decimal)),
            ],
        );
        check(&FUNCTION, &[Type::Bool], Type::Decimal, &[(&[Value::Bool(true)], decimal("1"))]);
        check(&FUNCTION, &[Type::Dynamic], Type::Decimal, &[(&[json("1.5")], decimal("1.5"))]);
    }
}
