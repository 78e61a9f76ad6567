//! `series_log`: the natural logarithms of a series

use super::{Number, map};
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "series_log",
    aliases: &[],
    help: "An array of the natural logarithms of a series, as reals; null where an element is no number.",
    examples: &[Example {
        query: "print v = series_log(dynamic([1]))",
        answer: &["v:dynamic", "[0.0]"],
    }],
    meaning: Meaning::Kernel(series_log),
};

fn series_log(arguments: &Arguments<'_>) -> Answer {
    map(arguments, |value| Number::Real(f64::ln(value)))
}
