//! `series_asin`: the angles to sines of a series

use super::{Number, map};
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "series_asin",
    aliases: &[],
    help: "An array of the angles to sines of a series, as reals; null where an element is no number.",
    examples: &[Example {
        query: "print v = series_asin(dynamic([0]))",
        answer: &["v:dynamic", "[0.0]"],
    }],
    meaning: Meaning::Kernel(series_asin),
};

fn series_asin(arguments: &Arguments<'_>) -> Answer {
    map(arguments, |value| Number::Real(f64::asin(value)))
}
