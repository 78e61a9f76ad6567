//! `series_pearson_correlation`: how two series go together

use super::reals;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "series_pearson_correlation",
    aliases: &[],
    help: "Pearson's coefficient of the correlation of two series: from -1 to 1. Null where the lengths \
           differ, or an element is no number.",
    examples: &[Example {
        query: "print v = round(series_pearson_correlation(dynamic([1, 2, 3]), dynamic([2, 4, 6])), 9)",
        answer: &["v:real", "1.0"],
    }],
    meaning: Meaning::Kernel(series_pearson_correlation),
};

fn series_pearson_correlation(arguments: &Arguments<'_>) -> Answer {
    let (a, b) = (arguments.dynamics(0)?, arguments.dynamics(1)?);
    arguments.make_reals(|row| {
        let (a, b) = (reals(a.at(row))?, reals(b.at(row))?);
        (a.len() == b.len()).then(|| correlation(&a, &b))
    })
}

#[expect(clippy::cast_precision_loss, reason = "lengths are small")]
fn correlation(a: &[f64], b: &[f64]) -> f64 {
    let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len() as f64;
    let (mean_a, mean_b) = (mean(a), mean(b));
    let (mut of_a, mut of_b, mut of_both) = (0.0, 0.0, 0.0);
    for (a, b) in a.iter().zip(b) {
        of_a += (a - mean_a) * (a - mean_a);
        of_b += (b - mean_b) * (b - mean_b);
        of_both += (a - mean_a) * (b - mean_b);
    }
    of_both / (of_a.sqrt() * of_b.sqrt())
}
