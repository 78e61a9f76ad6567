//! `series_decompose`: a series taken apart

use super::decompose::{Decomposed, Settings, rows};
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "series_decompose",
    aliases: &[],
    help: "A series taken apart into what repeats (see `series_seasonal`), the trend of the rest (`avg`, the \
           default: its average; `linefit`: the line that fits it; `none`), and what is left: baseline (both \
           together), seasonal, trend, residual. Arguments: series, period (-1: looked for; 0: none), trend, how many \
           elements at the end are not learned from, and how surely a period must be found (0.6). Differs: how sure a \
           period is found to be can differ a little from the real engine.",
    examples: &[Example {
        query: "print (baseline, seasonal, trend, residual) = series_decompose(dynamic([1, 2, 1, 2, 1, 4]), 2)",
        answer: &[
            "baseline:dynamic, seasonal:dynamic, trend:dynamic, residual:dynamic",
            "[1.3333333333333333,2.3333333333333335,1.3333333333333333,2.3333333333333335,1.3333333333333333,2.3333333333333335], [1.0,2.0,1.0,2.0,1.0,2.0], [0.3333333333333333,0.3333333333333333,0.3333333333333333,0.3333333333333333,0.3333333333333333,0.3333333333333333], [-0.33333333333333326,-0.3333333333333335,-0.33333333333333326,-0.3333333333333335,-0.33333333333333326,1.6666666666666665]",
        ],
    }],
    meaning: Meaning::Kernel(series_decompose),
};

/// Arguments: series, period, trend, test points, threshold.
fn series_decompose(arguments: &Arguments<'_>) -> Answer {
    let places =
        Settings { period: 1, trend: 2, test_points: 3, threshold: 4, default_trend: "avg" };
    rows(arguments, &places, |decomposed, _, text| {
        write(decomposed, text);
        Ok(())
    })
}

pub(super) fn write(decomposed: &Decomposed, text: &mut String) {
    let Decomposed { baseline, seasonal, trend, residual } = decomposed;
    super::write_results(
        &[
            &super::reals_text(baseline),
            &super::reals_text(seasonal),
            &super::reals_text(trend),
            &super::options_text(residual),
        ],
        text,
    );
}
