//! `series_multiply`: the products of two series' elements

use super::{Number, zip};
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "series_multiply",
    aliases: &[],
    help: "An array of the products of the elements of two series; a number in the place of one stands for \
           all its elements. Null where an element is no number, or where the other series is longer.",
    examples: &[Example {
        query: "print v = series_multiply(dynamic([1, 2]), dynamic([10, 20]))",
        answer: &["v:dynamic", "[10,40]"],
    }],
    meaning: Meaning::Kernel(series_multiply),
};

fn series_multiply(arguments: &Arguments<'_>) -> Answer {
    let compute = |a: Number, b: Number| match (a, b) {
        (Number::Long(a), Number::Long(b)) => Number::Long(a.wrapping_mul(b)),
        _ => Number::Real(a.real() * b.real()),
    };
    zip(arguments, compute, Number::write)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, json};

    #[test]
    fn multiplies() {
        let dynamic = Type::Dynamic;
        check(
            &FUNCTION,
            &[dynamic, dynamic],
            dynamic,
            &[
                (&[json("[1,2,\"x\"]"), json("[3,0.5,1,4]")], json("[3,1.0,null,null]")),
                (&[json("{}"), Value::Null(dynamic)], Value::Null(dynamic)),
            ],
        );
        check(
            &FUNCTION,
            &[Type::Long, dynamic],
            dynamic,
            &[(&[Value::Long(10), json("[0,1,-1]")], json("[0,10,-10]"))],
        );
    }
}
