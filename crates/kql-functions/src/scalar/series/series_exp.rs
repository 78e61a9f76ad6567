//! `series_exp`: the exponentials of a series

use super::{Number, map};
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "series_exp",
    aliases: &[],
    help: "An array of the exponentials of a series, as reals; null where an element is no number.",
    examples: &[Example {
        query: "print v = series_exp(dynamic([0]))",
        answer: &["v:dynamic", "[1.0]"],
    }],
    meaning: Meaning::Kernel(series_exp),
};

fn series_exp(arguments: &Arguments<'_>) -> Answer {
    map(arguments, |value| Number::Real(f64::exp(value)))
}
