//! `series_product`: the product of a series

use super::fold;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "series_product",
    aliases: &[],
    help: "The product of the elements of a series, as a real; null where one is no number.",
    examples: &[Example {
        query: "print v = series_product(dynamic([2, 2.5]))",
        answer: &["v:real", "5.0"],
    }],
    meaning: Meaning::Kernel(series_product),
};

fn series_product(arguments: &Arguments<'_>) -> Answer {
    fold(arguments, |values| values.iter().product())
}
