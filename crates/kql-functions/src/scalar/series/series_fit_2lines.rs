//! `series_fit_2lines`: the two lines that fit a series best

use super::line::{each, two_lines};
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "series_fit_2lines",
    aliases: &[],
    help: "The two lines, one behind the other, with the least squares of distances to a series: how much \
           they explain, where the second begins, the variance of the series and of what is left, the lines' points, \
           and what `series_fit_line` gives for the right and the left part alone. Null where an element is no number, \
           or there are less than four.",
    examples: &[Example {
        query: "print (r, split) = series_fit_2lines(dynamic([1, 2, 3, 13, 12, 11]))",
        answer: &["r:real, split:long", "1.0, 3"],
    }],
    meaning: Meaning::Kernel(series_fit_2lines),
};

fn series_fit_2lines(arguments: &Arguments<'_>) -> Answer {
    each(arguments, |values, text| {
        let Some(texts) = two_lines(values) else { return false };
        let texts: Vec<&str> = texts.iter().map(|(_, text)| text.as_str()).collect();
        super::write_results(&texts, text);
        true
    })
}
