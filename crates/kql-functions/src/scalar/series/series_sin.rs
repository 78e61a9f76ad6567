//! `series_sin`: the sines of a series

use super::{Number, map};
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "series_sin",
    aliases: &[],
    help: "An array of the sines of a series, as reals; null where an element is no number.",
    examples: &[Example {
        query: "print v = series_sin(dynamic([0]))",
        answer: &["v:dynamic", "[0.0]"],
    }],
    meaning: Meaning::Kernel(series_sin),
};

fn series_sin(arguments: &Arguments<'_>) -> Answer {
    map(arguments, |value| Number::Real(f64::sin(value)))
}
