//! `series_magnitude`: the length of a vector

use super::fold;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "series_magnitude",
    aliases: &[],
    help: "The square root of the sum of the squares of the elements of a series, as a real; null where one \
           is no number.",
    examples: &[Example {
        query: "print v = series_magnitude(dynamic([3, 4]))",
        answer: &["v:real", "5.0"],
    }],
    meaning: Meaning::Kernel(series_magnitude),
};

fn series_magnitude(arguments: &Arguments<'_>) -> Answer {
    fold(arguments, |values| values.iter().map(|value| value * value).sum::<f64>().sqrt())
}
