//! `series_acos`: the angles to cosines of a series

use super::{Number, map};
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "series_acos",
    aliases: &[],
    help: "An array of the angles to cosines of a series, as reals; null where an element is no number.",
    examples: &[Example {
        query: "print v = series_acos(dynamic([1]))",
        answer: &["v:dynamic", "[0.0]"],
    }],
    meaning: Meaning::Kernel(series_acos),
};

fn series_acos(arguments: &Arguments<'_>) -> Answer {
    map(arguments, |value| Number::Real(f64::acos(value)))
}
