//! `series_decompose_anomalies`: what is unusual in a series

use super::decompose::{Settings, rows};
use super::outliers::{Fence, scores};
use super::{number_or, reals_text, string_or, write_results};
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "series_decompose_anomalies",
    aliases: &[],
    help: "Where a series lies above (1) or below (-1) its baseline by an unusual amount, the score of that \
           (see `series_outliers`, which scores what `series_decompose` leaves), and the baseline. Arguments: series, \
           the score from which on it is unusual (1.5), period (-1: looked for; 0: none), trend (`avg`, `linefit`, \
           `none`), how many elements at the end are not learned from, `ctukey` or `tukey`, and how surely a period \
           must be found (0.6). Differs: how sure a period is found to be can differ a little from the real engine.",
    examples: &[Example {
        query: "print (flag, score) = series_decompose_anomalies(dynamic([4, 5, 6, 5, 4, 5, 6, 90, 5, 4]), 3, 0) | project flag",
        answer: &["flag:dynamic", "[0,0,0,0,0,0,0,1,0,0]"],
    }],
    meaning: Meaning::Kernel(series_decompose_anomalies),
};

fn series_decompose_anomalies(arguments: &Arguments<'_>) -> Answer {
    let places =
        Settings { period: 2, trend: 3, test_points: 4, threshold: 6, default_trend: "avg" };
    rows(arguments, &places, |decomposed, row, text| {
        let threshold = number_or(arguments, 1, row, 1.5)?.unwrap_or(1.5);
        let fence = Fence::parse(string_or(arguments, 5, row, "ctukey")?)?;
        let scores = scores(&decomposed.residual, fence);
        let flags = scores.iter().map(|score| match score {
            score if *score > threshold => "1",
            score if *score < -threshold => "-1",
            _ => "0",
        });
        let flags = format!("[{}]", flags.collect::<Vec<_>>().join(","));
        write_results(&[&flags, &reals_text(&scores), &reals_text(&decomposed.baseline)], text);
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, json, text};

    #[test]
    fn a_spike_in_a_daily_pattern_stands_out() {
        let mut values: Vec<String> =
            (0..14 * 24).map(|hour| format!("{}", 100 + 10 * (hour % 24) + hour * 7 % 5)).collect();
        values[200] = String::from("5000");
        let series = json(&format!("[{}]", values.join(",")));
        let flags: Vec<&str> =
            (0..14 * 24).map(|hour| if hour == 200 { "1" } else { "0" }).collect();
        let types = &[Type::Dynamic, Type::Real, Type::Long, Type::String];
        let arguments = [series, Value::Real(5.0), Value::Long(-1), text("linefit")];
        let udf = crate::udf::scalar_udf(&FUNCTION, types.to_vec(), Type::Dynamic);
        assert!(udf.is_some());
        let given = crate::testing::call_volatile(&FUNCTION, Type::Dynamic, &arguments, 1);
        let Value::Dynamic(results) = &given[0] else { panic!("{given:?}") };
        let Dynamic::Array(results) = &**results else { panic!("{results:?}") };
        assert_eq!(results[0].to_text(), format!("[{}]", flags.join(",")));
    }

    #[test]
    fn nothing_stands_out_of_a_straight_line() {
        check(
            &FUNCTION,
            &[Type::Dynamic, Type::Real, Type::Long, Type::String],
            Type::Dynamic,
            &[(
                &[json("[1,2,3,4]"), Value::Real(1.5), Value::Long(0), text("linefit")],
                json("[[0,0,0,0],[0.0,0.0,0.0,0.0],[1.0,2.0,3.0,4.0]]"),
            )],
        );
    }
}
