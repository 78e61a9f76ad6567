//! `series_cos`: the cosines of a series

use super::{Number, map};
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "series_cos",
    aliases: &[],
    help: "An array of the cosines of a series, as reals; null where an element is no number.",
    examples: &[Example {
        query: "print v = series_cos(dynamic([0]))",
        answer: &["v:dynamic", "[1.0]"],
    }],
    meaning: Meaning::Kernel(series_cos),
};

fn series_cos(arguments: &Arguments<'_>) -> Answer {
    map(arguments, |value| Number::Real(f64::cos(value)))
}
