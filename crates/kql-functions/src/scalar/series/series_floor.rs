//! `series_floor`: the elements rounded down of a series

use super::{Number, map};
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "series_floor",
    aliases: &[],
    help: "An array of the elements rounded down of a series, as reals; null where an element is no number.",
    examples: &[Example {
        query: "print v = series_floor(dynamic([-1.5, 1]))",
        answer: &["v:dynamic", "[-2.0,1.0]"],
    }],
    meaning: Meaning::Kernel(series_floor),
};

fn series_floor(arguments: &Arguments<'_>) -> Answer {
    map(arguments, |value| Number::Real(f64::floor(value)))
}
