//! `series_add`: the sums of two series' elements

use super::{Number, zip};
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "series_add",
    aliases: &[],
    help: "An array of the sums of the elements of two series; a number in the place of one stands for all \
           its elements. Null where an element is no number, or where the other series is longer.",
    examples: &[Example {
        query: "print v = series_add(dynamic([1, 2]), dynamic([10, 20.5]))",
        answer: &["v:dynamic", "[11,22.5]"],
    }],
    meaning: Meaning::Kernel(series_add),
};

fn series_add(arguments: &Arguments<'_>) -> Answer {
    let compute = |a: Number, b: Number| match (a, b) {
        (Number::Long(a), Number::Long(b)) => Number::Long(a.wrapping_add(b)),
        _ => Number::Real(a.real() + b.real()),
    };
    zip(arguments, compute, Number::write)
}
