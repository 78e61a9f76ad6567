//! `==`: equal.

use super::equality;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "==",
    aliases: &[],
    help: "Whether two values are equal; strings in the same case. False where one is null, null where both are. NaN equals nothing.",
    examples: &[Example {
        query: "print a = 1 == 1.0, b = 'a' == 'A'",
        answer: &["a:bool, b:bool", "True, False"],
    }],
    meaning: Meaning::Kernel(equal),
};

fn equal(arguments: &Arguments<'_>) -> Answer {
    equality(arguments, false)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, datetime, json, text};

    #[test]
    fn compares_by_value() {
        let (yes, no) = (Value::Bool(true), Value::Bool(false));
        let null = Value::Null;
        let cases = [
            (Value::Real(f64::NAN), Value::Real(f64::NAN), no.clone()),
            (Value::Real(0.0), Value::Real(-0.0), yes.clone()),
            (Value::Real(1.0), Value::Long(1), yes.clone()),
            (null(Type::Real), Value::Real(1.0), no.clone()),
            (null(Type::Real), null(Type::Real), null(Type::Bool)),
            (Value::Long(1), text("1"), yes.clone()),
            (datetime("2020-01-01"), text("2020-01-01"), yes.clone()),
            (Value::Bool(true), Value::Long(1), yes.clone()),
            (json("\"abc\""), text("abc"), yes.clone()),
            (json("1"), Value::Long(1), yes.clone()),
            (json("1"), json("1.0"), yes.clone()),
            (json("[1,{\"a\":2,\"b\":3}]"), json("[1.0,{\"b\":3,\"a\":2}]"), yes.clone()),
            (json("[1]"), json("[2]"), no.clone()),
            (null(Type::Dynamic), text("x"), no),
            (null(Type::Dynamic), text(""), yes),
        ];
        for (a, b, expected) in cases {
            check(&FUNCTION, &[a.ty(), b.ty()], Type::Bool, &[(&[a, b], expected)]);
        }
    }
}
