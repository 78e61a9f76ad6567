//! `beta_pdf`: the density of the beta distribution

use super::beta::{density, rows};
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "beta_pdf",
    aliases: &[],
    help: "The density at x of the beta distribution with the given alpha and beta. NaN where x is not \
           within 0 and 1, or alpha or beta is not positive.",
    examples: &[Example {
        query: "print v = round(beta_pdf(0.5, 10, 20), 6)",
        answer: &["v:real", "0.746176"],
    }],
    meaning: Meaning::Kernel(beta_pdf),
};

fn beta_pdf(arguments: &Arguments<'_>) -> Answer {
    rows(arguments, |x, alpha, beta| Some(density(x, alpha, beta)))
}
