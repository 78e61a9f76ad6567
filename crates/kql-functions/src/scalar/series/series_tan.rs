//! `series_tan`: the tangents of a series

use super::{Number, map};
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "series_tan",
    aliases: &[],
    help: "An array of the tangents of a series, as reals; null where an element is no number.",
    examples: &[Example {
        query: "print v = series_tan(dynamic([0]))",
        answer: &["v:dynamic", "[0.0]"],
    }],
    meaning: Meaning::Kernel(series_tan),
};

fn series_tan(arguments: &Arguments<'_>) -> Answer {
    map(arguments, |value| Number::Real(f64::tan(value)))
}
