//! `series_sum`: the sum of a series

use super::fold;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "series_sum",
    aliases: &[],
    help: "The sum of the elements of a series, as a real; null where one is no number.",
    examples: &[Example {
        query: "print v = series_sum(dynamic([1, 2.5]))",
        answer: &["v:real", "3.5"],
    }],
    meaning: Meaning::Kernel(series_sum),
};

fn series_sum(arguments: &Arguments<'_>) -> Answer {
    fold(arguments, |values| values.iter().sum())
}
