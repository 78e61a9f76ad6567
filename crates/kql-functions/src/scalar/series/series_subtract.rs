//! `series_subtract`: the differences of two series' elements

use super::{Number, zip};
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "series_subtract",
    aliases: &[],
    help: "An array of the differences of the elements of two series; a number in the place of one stands \
           for all its elements. Null where an element is no number, or where the other series is longer.",
    examples: &[Example {
        query: "print v = series_subtract(dynamic([1, 2]), dynamic([10, 20]))",
        answer: &["v:dynamic", "[-9,-18]"],
    }],
    meaning: Meaning::Kernel(series_subtract),
};

fn series_subtract(arguments: &Arguments<'_>) -> Answer {
    let compute = |a: Number, b: Number| match (a, b) {
        (Number::Long(a), Number::Long(b)) => Number::Long(a.wrapping_sub(b)),
        _ => Number::Real(a.real() - b.real()),
    };
    zip(arguments, compute, Number::write)
}
