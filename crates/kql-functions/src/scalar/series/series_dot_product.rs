//! `series_dot_product`: the dot product of two series

use super::Operand;
use crate::convert::dynamic::Texts;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "series_dot_product",
    aliases: &[],
    help: "The sum of the products of the elements of two series of one length; a number in the place of one \
           stands for all its elements. Null where an element is no number, or the lengths differ.",
    examples: &[Example {
        query: "print v = series_dot_product(dynamic([1, 2]), dynamic([10, 20]))",
        answer: &["v:real", "50.0"],
    }],
    meaning: Meaning::Kernel(series_dot_product),
};

fn series_dot_product(arguments: &Arguments<'_>) -> Answer {
    let (a, b) = (Texts::new(arguments, 0)?, Texts::new(arguments, 1)?);
    arguments.make_reals(|row| {
        let (a, b) = (Operand::new(&a, row), Operand::new(&b, row));
        let length = a.length().max(b.length())?;
        let is_of_length = |operand: &Operand| operand.length().is_none_or(|own| own == length);
        if !is_of_length(&a) || !is_of_length(&b) {
            return None;
        }
        (0..length).map(|index| Some(a.at(index)?.real() * b.at(index)?.real())).sum()
    })
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
            Type::Real,
            &[
                (&[json("[1,2,4]"), json("[4,2,1]")], Value::Real(12.0)),
                (&[json("[1,2,4]"), json("[4,2]")], Value::Null(Type::Real)),
            ],
        );
        check(
            &FUNCTION,
            &[dynamic, Type::Long],
            Type::Real,
            &[(&[json("[2,4,8]"), Value::Long(2)], Value::Real(28.0))],
        );
    }
}
