//! `beta_cdf`: the beta distribution

use super::beta::{cdf, rows};
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "beta_cdf",
    aliases: &[],
    help: "How likely it is that a value of the beta distribution with the given alpha and beta is not \
           greater than x. NaN where x is not within 0 and 1.",
    examples: &[Example {
        query: "print v = round(beta_cdf(0.2, 10, 20), 6)",
        answer: &["v:real", "0.049264"],
    }],
    meaning: Meaning::Kernel(beta_cdf),
};

fn beta_cdf(arguments: &Arguments<'_>) -> Answer {
    rows(arguments, |x, alpha, beta| Some(cdf(x, alpha, beta)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::check;

    #[test]
    fn is_defined_within_0_and_1() {
        let real = Value::Real;
        check(
            &FUNCTION,
            &[Type::Real, Type::Real, Type::Real],
            Type::Real,
            &[
                (&[real(1.5), real(10.0), real(20.0)], real(f64::NAN)),
                (&[real(-10.0), real(10.0), real(20.0)], real(f64::NAN)),
                (&[real(0.1), real(-1.0), real(20.0)], real(1.0)),
                (&[real(1.0), real(10.0), real(20.0)], real(1.0)),
            ],
        );
    }
}
