//! `series_fit_poly`: the polynomial that fits a series best

use super::polynomial::fit;
use super::{dynamics, number_or, real_text, reals, reals_text};
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "series_fit_poly",
    aliases: &[],
    help: "The polynomial with the least squares of distances to a series over 0, 1, 2, ..., or over a \
           second series; of degree 2, or the third argument: how much it explains, its coefficients, that of the \
           highest power first, the variance of the series and of what is left, and its points. Null where an element \
           is no number, the lengths differ, or there are too few points.",
    examples: &[Example {
        query: "print (r, c) = series_fit_poly(dynamic([1, 4, 9, 16])) | project r = round(r, 6), c0 = round(todouble(c[0]), 6)",
        answer: &["r:real, c0:real", "1.0, 1.0"],
    }],
    meaning: Meaning::Kernel(series_fit_poly),
};

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "range checked")]
fn series_fit_poly(arguments: &Arguments<'_>) -> Answer {
    let series = arguments.dynamics(0)?;
    let over = if arguments.len() > 1 { Some(arguments.dynamics(1)?) } else { None };
    dynamics(arguments, |row, text| {
        let Some(y) = reals(series.at(row)) else { return Ok(false) };
        let places = || Some((0..y.len()).map(|index| index as f64).collect());
        let Some(x) = over.as_ref().map_or_else(places, |over| reals(over.at(row))) else {
            return Ok(false);
        };
        let degree = number_or(arguments, 2, row, 2.0)?;
        let Some(degree) = degree.filter(|degree| (0.0..=16.0).contains(degree)) else {
            return Err(KernelError::new(
                "the degree of `series_fit_poly` must lie within 0 and 16",
            ));
        };
        let Some(found) = fit(&x, &y, degree as usize) else { return Ok(false) };
        super::write_results(
            &[
                &real_text(found.rsquare),
                &reals_text(&found.coefficients),
                &real_text(found.variance),
                &real_text(found.residual_variance),
                &reals_text(&found.points),
            ],
            text,
        );
        Ok(true)
    })
}
