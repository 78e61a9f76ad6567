//! `series_pow`: the powers of two series' elements

use super::zip;
use crate::convert::dynamic::write_real;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "series_pow",
    aliases: &[],
    help: "An array of the powers of the elements of two series, as reals; a number in the place of one \
           stands for all its elements. Null where an element is no number, or where the other series is longer.",
    examples: &[Example {
        query: "print v = series_pow(dynamic([2, 4]), dynamic([3, 0.5]))",
        answer: &["v:dynamic", "[8.0,2.0]"],
    }],
    meaning: Meaning::Kernel(series_pow),
};

fn series_pow(arguments: &Arguments<'_>) -> Answer {
    zip(arguments, |a, b| a.real().powf(b.real()), write_real)
}
