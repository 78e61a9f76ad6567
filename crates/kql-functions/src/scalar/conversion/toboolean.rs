//! `tobool`: to a truth value.

use crate::convert;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "tobool",
    aliases: &["toboolean"],
    help: "The value as a `bool`: `true` and `false` in any case, a number unless 0; null where it is neither.",
    examples: &[Example {
        query: "print a = tobool('TRUE'), b = tobool('2'), c = tobool('yes')",
        answer: &["a:bool, b:bool, c:bool", "True, True, "],
    }],
    meaning: Meaning::Kernel(toboolean),
};

fn toboolean(arguments: &Arguments<'_>) -> Answer {
    convert::column(arguments, Type::Bool)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, json, text};

    #[test]
    fn converts() {
        check(
            &FUNCTION,
            &[Type::String],
            Type::Bool,
            &[
                (&[text("false")], Value::Bool(false)),
                (&[text("+1")], Value::Bool(true)),
                (&[text("1.5")], Value::Null(Type::Bool)),
                (&[text("")], Value::Null(Type::Bool)),
            ],
        );
        check(
            &FUNCTION,
            &[Type::Long],
            Type::Bool,
            &[
                (&[Value::Long(-5)], Value::Bool(true)),
                (&[Value::Long(0)], Value::Bool(false)),
                (&[Value::Null(Type::Long)], Value::Null(Type::Bool)),
            ],
        );
        check(
            &FUNCTION,
            &[Type::Real],
            Type::Bool,
            &[(&[Value::Real(0.5)], Value::Bool(true)), (&[Value::Real(0.0)], Value::Bool(false))],
        );
        check(
            &FUNCTION,
            &[Type::Dynamic],
            Type::Bool,
            &[
                (&[json("true")], Value::Bool(true)),
                (&[json("\"true\"")], Value::Bool(true)),
                (&[json("1")], Value::Bool(true)),
                (&[json("[1,2]")], Value::Null(Type::Bool)),
                (&[Value::Null(Type::Dynamic)], Value::Null(Type::Bool)),
            ],
        );
    }
}
