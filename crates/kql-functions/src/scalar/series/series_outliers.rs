//! `series_outliers`: how far elements lie outside of a series

use super::outliers::{Fence, scores};
use super::{dynamics, number_or, numbers, string_or, write_reals};
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "series_outliers",
    aliases: &[],
    help: "For each element of a series, how far it lies above (positive) or below (negative) the rest, \
           after Tukey: 1.5 is mild, 3 strong, 0 inside. `ctukey` measures by the 10th and 90th percentile, scaled so \
           that scores mean the same; `tukey` by the 25th and 75th. Nulls, and elements equal to the third argument, \
           get 0. Other percentiles are refused.",
    examples: &[Example {
        query: "print v = series_outliers(dynamic([1, 2, 3, 4, 5, 6, 7, 8, 9, 100]), 'tukey')",
        answer: &[
            "v:dynamic",
            "[-0.5,-0.2777777777777778,-0.05555555555555555,0.0,0.0,0.0,0.0,0.05555555555555555,0.2777777777777778,20.5]",
        ],
    }],
    meaning: Meaning::Kernel(series_outliers),
};

fn series_outliers(arguments: &Arguments<'_>) -> Answer {
    let series = arguments.dynamics(0)?;
    dynamics(arguments, |row, text| {
        let fence = Fence::parse(string_or(arguments, 1, row, "ctukey")?)?;
        let (low, high) = fence.percentiles();
        let given = (number_or(arguments, 3, row, low)?, number_or(arguments, 4, row, high)?);
        if fence == Fence::Custom && given != (Some(low), Some(high)) {
            return Err(KernelError::new(
                "`series_outliers` with other percentiles than 10 and 90 is not supported",
            ));
        }
        let ignored = number_or(arguments, 2, row, f64::NAN)?;
        let Some(values) = numbers(series.at(row)) else { return Ok(false) };
        let values: Vec<Option<f64>> = values
            .iter()
            .map(|value| value.map(super::Number::real).filter(|value| Some(*value) != ignored))
            .collect();
        write_reals(&scores(&values, fence), text);
        Ok(true)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{call_volatile, error, json, text};

    #[test]
    fn scores_as_the_real_engine_does() {
        let series = "[-3,2.4,15,3.9,5,6,4.5,5.2,3,4,5,16,7,5,5,4]";
        let given = call_volatile(&FUNCTION, Type::Dynamic, &[json(series)], 1);
        let Value::Dynamic(given) = &given[0] else { panic!("{given:?}") };
        let given = super::super::reals(Some(&given.to_text())).unwrap();
        let mut wanted = [0.0; 16];
        wanted[0] = -1.904_078_548_360_857;
        wanted[1] = -0.10021466044004519;
        wanted[2] = 1.3361954725339347;
        wanted[11] = 1.6702443406674186;
        assert!(given.iter().zip(wanted).all(|(a, b)| (a - b).abs() < 1e-12), "{given:?}");
        let message = error(&FUNCTION, Type::Dynamic, &[json("[1]"), text("mad")]);
        assert!(message.contains("`mad`"), "{message}");
    }
}
