//! `series_abs`: the sizes of a series

use super::{Number, map};
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "series_abs",
    aliases: &[],
    help: "An array of the sizes of a series, as reals; null where an element is no number.",
    examples: &[Example {
        query: "print v = series_abs(dynamic([-6.5, 0]))",
        answer: &["v:dynamic", "[6.5,0.0]"],
    }],
    meaning: Meaning::Kernel(series_abs),
};

fn series_abs(arguments: &Arguments<'_>) -> Answer {
    map(arguments, |value| Number::Real(f64::abs(value)))
}
