//! `array_sum`: the sum of an array

use super::array;
use crate::convert::dynamic::real;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "array_sum",
    aliases: &[],
    help: "The sum of an array's numbers, as a real; null where it holds anything else, or is no array.",
    examples: &[Example {
        query: "print v = array_sum(dynamic([1, 2.5]))",
        answer: &["v:real", "3.5"],
    }],
    meaning: Meaning::Kernel(array_sum),
};

fn array_sum(arguments: &Arguments<'_>) -> Answer {
    let arrays = arguments.dynamics(0)?;
    arguments.make_reals(|row| array(arrays.at(row))?.iter().map(|element| number(element)).sum())
}

fn number(text: &str) -> Option<f64> {
    match Dynamic::parse(text).ok()? {
        value @ (Dynamic::Long(_) | Dynamic::Real(_) | Dynamic::Decimal(_)) => real(&value),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, json};

    #[test]
    fn sums() {
        check(
            &FUNCTION,
            &[Type::Dynamic],
            Type::Real,
            &[
                (&[json("[1,2,3,4]")], Value::Real(10.0)),
                (&[json("[]")], Value::Real(0.0)),
                (&[json("[1,\"2\"]")], Value::Null(Type::Real)),
                (&[json("5")], Value::Null(Type::Real)),
            ],
        );
    }
}
