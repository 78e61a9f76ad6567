//! `series_atan`: the angles to tangents of a series

use super::{Number, map};
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "series_atan",
    aliases: &[],
    help: "An array of the angles to tangents of a series, as reals; null where an element is no number.",
    examples: &[Example {
        query: "print v = series_atan(dynamic([0]))",
        answer: &["v:dynamic", "[0.0]"],
    }],
    meaning: Meaning::Kernel(series_atan),
};

fn series_atan(arguments: &Arguments<'_>) -> Answer {
    map(arguments, |value| Number::Real(f64::atan(value)))
}
