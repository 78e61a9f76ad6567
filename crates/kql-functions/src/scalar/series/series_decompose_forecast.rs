//! `series_decompose_forecast`: a series continued

use super::decompose::{Settings, rows};
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "series_decompose_forecast",
    aliases: &[],
    help: "What `series_decompose` gives where the last elements, as many as the second argument says, are \
           not learned from: its baseline there is the forecast. Arguments: series, how many elements, period (-1: \
           looked for; 0: none), trend (`linefit`), and how surely a period must be found (0.6). Differs: how sure a \
           period is found to be can differ a little from the real engine.",
    examples: &[Example {
        query: "print v = series_decompose_forecast(dynamic([1, 2, 3, 4, 0, 0]), 2, 0)",
        answer: &["v:dynamic", "[1.0,2.0,3.0,4.0,5.0,6.0]"],
    }],
    meaning: Meaning::Kernel(series_decompose_forecast),
};

fn series_decompose_forecast(arguments: &Arguments<'_>) -> Answer {
    let places =
        Settings { period: 2, trend: 3, test_points: 1, threshold: 4, default_trend: "linefit" };
    rows(arguments, &places, |decomposed, _, text| {
        super::series_decompose::write(decomposed, text);
        Ok(())
    })
}
