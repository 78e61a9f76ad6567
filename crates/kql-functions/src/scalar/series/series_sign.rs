//! `series_sign`: the signs of a series

use super::{Number, map};
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "series_sign",
    aliases: &[],
    help: "An array of -1 for each negative element of a series, 0 for 0 and 1 for a positive one; null \
           where an element is no number.",
    examples: &[Example {
        query: "print v = series_sign(dynamic([-6, 0, 8.5]))",
        answer: &["v:dynamic", "[-1,0,1]"],
    }],
    meaning: Meaning::Kernel(series_sign),
};

fn series_sign(arguments: &Arguments<'_>) -> Answer {
    map(arguments, |value| Number::Long(i64::from(value > 0.0) - i64::from(value < 0.0)))
}
