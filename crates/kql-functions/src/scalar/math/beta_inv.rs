//! `beta_inv`: the beta distribution, inverted

use super::beta::{inverse, rows};
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "beta_inv",
    aliases: &[],
    help: "The x for which `beta_cdf` gives the likelihood p. Null where p is not within 0 and 1, NaN where \
           alpha or beta is not positive.",
    examples: &[Example {
        query: "print v = round(beta_inv(0.1, 10, 20), 6)",
        answer: &["v:real", "0.226415"],
    }],
    meaning: Meaning::Kernel(beta_inv),
};

fn beta_inv(arguments: &Arguments<'_>) -> Answer {
    rows(arguments, inverse)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::check;

    #[test]
    fn inverts() {
        let real = Value::Real;
        check(
            &FUNCTION,
            &[Type::Real, Type::Real, Type::Real],
            Type::Real,
            &[
                (&[real(1.5), real(10.0), real(20.0)], Value::Null(Type::Real)),
                (&[real(0.1), real(-1.0), real(20.0)], real(f64::NAN)),
                (&[real(0.0), real(10.0), real(20.0)], real(0.0)),
                (&[real(0.1), real(10.0), real(20.0)], real(0.22641502238874897)),
            ],
        );
    }
}
