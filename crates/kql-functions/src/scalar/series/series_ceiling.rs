//! `series_ceiling`: the elements rounded up of a series

use super::{Number, map};
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "series_ceiling",
    aliases: &[],
    help: "An array of the elements rounded up of a series, as reals; null where an element is no number.",
    examples: &[Example {
        query: "print v = series_ceiling(dynamic([-1.5, 1]))",
        answer: &["v:dynamic", "[-1.0,1.0]"],
    }],
    meaning: Meaning::Kernel(series_ceiling),
};

fn series_ceiling(arguments: &Arguments<'_>) -> Answer {
    map(arguments, |value| Number::Real(f64::ceil(value)))
}
