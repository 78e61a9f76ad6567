//! `series_fit_2lines_dynamic`: the two lines that fit a series best as a bag

use super::line::{each, two_lines};
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "series_fit_2lines_dynamic",
    aliases: &[],
    help: "What `series_fit_2lines` gives, as a bag.",
    examples: &[Example {
        query: "print v = series_fit_2lines_dynamic(dynamic([1, 2, 3, 13, 12, 11])).split_idx",
        answer: &["v:dynamic", "3"],
    }],
    meaning: Meaning::Kernel(series_fit_2lines_dynamic),
};

fn series_fit_2lines_dynamic(arguments: &Arguments<'_>) -> Answer {
    each(arguments, |values, text| {
        let Some(texts) = two_lines(values) else { return false };
        super::write_bag(&texts, text);
        true
    })
}
