//! `series_divide`: the quotients of two series' elements

use super::zip;
use crate::convert::dynamic::write_real;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "series_divide",
    aliases: &[],
    help: "An array of the quotients of the elements of two series, as reals; a number in the place of one \
           stands for all its elements. Null where an element is no number, or where the other series is longer.",
    examples: &[Example {
        query: "print v = series_divide(dynamic([1, 2]), dynamic([4, 2]))",
        answer: &["v:dynamic", "[0.25,1.0]"],
    }],
    meaning: Meaning::Kernel(series_divide),
};

fn series_divide(arguments: &Arguments<'_>) -> Answer {
    zip(arguments, |a, b| a.real() / b.real(), write_real)
}
