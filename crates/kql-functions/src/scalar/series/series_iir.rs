//! `series_iir`: a series through a filter of infinite response

use super::{dynamics, reals, write_reals};
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "series_iir",
    aliases: &[],
    help: "The series filtered by numerators, which are multiplied with the elements up to the one at hand, \
           and denominators, which are multiplied with the results before it: `[1]` and `[1, -1]` make running sums. \
           Null where an element is no number.",
    examples: &[Example {
        query: "print v = series_iir(dynamic([1, 2, 3]), dynamic([1]), dynamic([1, -1]))",
        answer: &["v:dynamic", "[1.0,3.0,6.0]"],
    }],
    meaning: Meaning::Kernel(series_iir),
};

fn series_iir(arguments: &Arguments<'_>) -> Answer {
    let series = arguments.dynamics(0)?;
    let (numerators, denominators) = (arguments.dynamics(1)?, arguments.dynamics(2)?);
    dynamics(arguments, |row, text| {
        let arrays =
            reals(series.at(row)).zip(reals(numerators.at(row))).zip(reals(denominators.at(row)));
        let Some(((values, numerators), denominators)) = arrays else { return Ok(false) };
        let Some((first, denominators)) = denominators.split_first() else { return Ok(false) };
        if values.len().saturating_mul(numerators.len() + denominators.len()) > super::MOST_STEPS {
            return Err(KernelError::new("the series and the filter of `series_iir` are too long"));
        }
        let mut results: Vec<f64> = Vec::with_capacity(values.len());
        for index in 0..values.len() {
            let of_values = products(&numerators, &values, Some(index));
            let of_results = products(denominators, &results, index.checked_sub(1));
            results.push((of_values - of_results) / first);
        }
        write_reals(&results, text);
        Ok(true)
    })
}

/// The sum of the products of coefficients with the values from `last` backwards.
fn products(coefficients: &[f64], values: &[f64], last: Option<usize>) -> f64 {
    let Some(last) = last else { return 0.0 };
    let at = |back: usize| last.checked_sub(back).and_then(|index| values.get(index));
    coefficients.iter().enumerate().map(|(back, c)| at(back).map_or(0.0, |value| c * value)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, json};

    #[test]
    fn filters() {
        let dynamic = Type::Dynamic;
        check(
            &FUNCTION,
            &[dynamic, dynamic, dynamic],
            dynamic,
            &[
                (&[json("[10,30,0]"), json("[1]"), json("[1,-1]")], json("[10.0,40.0,40.0]")),
                (&[json("[1,1,1]"), json("[1,1]"), json("[2]")], json("[0.5,1.0,1.0]")),
                (&[json("[1]"), json("[1]"), json("[]")], Value::Null(dynamic)),
            ],
        );
    }
}
