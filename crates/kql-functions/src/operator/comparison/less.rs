//! `<`: less.

use super::ordering;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "<",
    aliases: &[],
    help: "Whether the left value comes before the right one. Null where any side is null; NaN is in no order.",
    examples: &[Example {
        query: "print a = 1 < 1.5, b = 1h < 30m",
        answer: &["a:bool, b:bool", "True, False"],
    }],
    meaning: Meaning::Kernel(less),
};

fn less(arguments: &Arguments<'_>) -> Answer {
    ordering(arguments, std::cmp::Ordering::is_lt)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, json, text};

    #[test]
    fn orders_by_value() {
        let (yes, no) = (Value::Bool(true), Value::Bool(false));
        let null = Value::Null;
        let cases = [
            (Value::Real(f64::NAN), Value::Real(1.0), no.clone()),
            (Value::Long(1), Value::Real(1.5), yes.clone()),
            (null(Type::Real), Value::Real(1.0), null(Type::Bool)),
            (json("2"), Value::Long(10), yes.clone()),
            (json("\"a\""), text("b"), yes.clone()),
            (text("b"), json("\"a\""), no.clone()),
            (json("1.5"), json("2"), yes),
            (json("[1]"), json("2"), no),
        ];
        for (a, b, expected) in cases {
            check(&FUNCTION, &[a.ty(), b.ty()], Type::Bool, &[(&[a, b], expected)]);
        }
    }
}
