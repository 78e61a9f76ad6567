//! `set_equals`: whether arrays have the same elements

use super::array;
use super::sets::keys;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "set_equals",
    aliases: &[],
    help: "Whether the two arrays hold the same elements, however often and in whatever order. Null where \
           one is no array.",
    examples: &[Example {
        query: "print v = set_equals(dynamic([1, 2, 1]), dynamic([2, 1]))",
        answer: &["v:bool", "True"],
    }],
    meaning: Meaning::Kernel(set_equals),
};

fn set_equals(arguments: &Arguments<'_>) -> Answer {
    let (a, b) = (arguments.dynamics(0)?, arguments.dynamics(1)?);
    arguments.make_bools(|row| {
        let (a, b) = (array(a.at(row))?, array(b.at(row))?);
        Some(keys(&a) == keys(&b))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, json};

    #[test]
    fn compares() {
        check(
            &FUNCTION,
            &[Type::Dynamic, Type::Dynamic],
            Type::Bool,
            &[
                (&[json("[1,2,1]"), json("[2.0,1]")], Value::Bool(true)),
                (&[json("[1,2]"), json("[1]")], Value::Bool(false)),
                (&[json("[1,2]"), json("1")], Value::Null(Type::Bool)),
            ],
        );
    }
}
