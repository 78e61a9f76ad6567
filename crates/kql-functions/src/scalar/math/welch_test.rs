//! `welch_test`: whether two means differ

use crate::prelude::*;
use statrs::distribution::{ContinuousCDF, StudentsT};

pub(super) static FUNCTION: Function = Function {
    name: "welch_test",
    aliases: &[],
    help: "The p-value of Welch's test: how likely means so far apart are where both samples come from one \
           distribution. Takes mean, variance and count of each.",
    examples: &[Example {
        query: "print v = round(welch_test(10.0, 4.0, 20, 11.0, 5.0, 30), 4)",
        answer: &["v:real", "0.1058"],
    }],
    meaning: Meaning::Kernel(welch_test),
};

fn welch_test(arguments: &Arguments<'_>) -> Answer {
    let values = (0..6).map(|index| arguments.reals(index)).collect::<Result<Vec<_>, _>>()?;
    arguments.make_reals(|row| {
        let values: Option<Vec<f64>> = values.iter().map(|value| value.at(row)).collect();
        let [mean1, variance1, count1, mean2, variance2, count2] = values?.try_into().ok()?;
        Some(p_value((mean1, variance1, count1), (mean2, variance2, count2)))
    })
}

/// Of two samples: mean, variance and count.
fn p_value(a: (f64, f64, f64), b: (f64, f64, f64)) -> f64 {
    let (error_a, error_b) = (a.1 / a.2, b.1 / b.2);
    let error = error_a + error_b;
    let statistic = (a.0 - b.0) / error.sqrt();
    let freedom =
        error * error / (error_a * error_a / (a.2 - 1.0) + error_b * error_b / (b.2 - 1.0));
    match StudentsT::new(0.0, 1.0, freedom) {
        Ok(distribution) => 2.0 * distribution.cdf(-statistic.abs()),
        Err(_) => f64::NAN,
    }
}
