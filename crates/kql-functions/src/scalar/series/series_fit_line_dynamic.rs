//! `series_fit_line_dynamic`: the line that fits a series best as a bag

use super::line::{Line, each};
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "series_fit_line_dynamic",
    aliases: &[],
    help: "What `series_fit_line` gives, as a bag: `rsquare`, `slope`, `variance`, `rvariance`, \
           `interception`, `line_fit`.",
    examples: &[Example {
        query: "print v = series_fit_line_dynamic(dynamic([1, 3, 5])).slope",
        answer: &["v:dynamic", "2.0"],
    }],
    meaning: Meaning::Kernel(series_fit_line_dynamic),
};

fn series_fit_line_dynamic(arguments: &Arguments<'_>) -> Answer {
    each(arguments, |values, text| {
        let Some(line) = Line::fit(values) else { return false };
        super::write_bag(&line.texts(), text);
        true
    })
}
