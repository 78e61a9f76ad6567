//! `log`: the natural logarithm

use super::reals::map_some;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "log",
    aliases: &[],
    help: "The natural logarithm; -Infinity of 0, null of a negative number and of null.",
    examples: &[Example { query: "print v = log(1)", answer: &["v:real", "0.0"] }],
    meaning: Meaning::Kernel(log),
};

fn log(arguments: &Arguments<'_>) -> Answer {
    map_some(arguments, |value| if value < 0.0 { None } else { Some(f64::ln(value)) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::check;

    #[test]
    fn negative_numbers_have_none() {
        check(
            &FUNCTION,
            &[Type::Real],
            Type::Real,
            &[
                (&[Value::Real(-1.0)], Value::Null(Type::Real)),
                (&[Value::Real(0.0)], Value::Real(f64::NEG_INFINITY)),
                (&[Value::Real(std::f64::consts::E)], Value::Real(1.0)),
                (&[Value::Null(Type::Real)], Value::Null(Type::Real)),
            ],
        );
    }
}
