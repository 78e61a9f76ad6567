//! `series_less`: where one series is less

use super::zip;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "series_less",
    aliases: &[],
    help: "An array that says where an element of the first series is less (<) to the one of the second; a \
           number in the place of one stands for all its elements. Null where an element is no number, or where the \
           other series is longer.",
    examples: &[Example {
        query: "print v = series_less(dynamic([1, 4]), dynamic([2, 1]))",
        answer: &["v:dynamic", "[true,false]"],
    }],
    meaning: Meaning::Kernel(series_less),
};

fn series_less(arguments: &Arguments<'_>) -> Answer {
    let compare = |a: super::Number, b: super::Number| a.real() < b.real();
    zip(arguments, compare, |holds, text| text.push_str(if holds { "true" } else { "false" }))
}
