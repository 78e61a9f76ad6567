//! `series_fir`: a series through a filter of finite response

use super::{Number, dynamics, numbers, truth, write_numbers};
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "series_fir",
    aliases: &[],
    help: "The series with each element replaced by the sum of it and those before it, multiplied by the \
           filter's coefficients; what lies before the series is 0. The filter is divided by its sum where the third \
           argument is true, as it is by default for one without negative coefficients; null where that is asked for \
           one with such. Where the fourth argument is true, the filter's middle lies on the element.",
    examples: &[Example {
        query: "print v = series_fir(dynamic([5, 15, 10, 20]), dynamic([1, -1]), false)",
        answer: &["v:dynamic", "[5,10,-5,10]"],
    }],
    meaning: Meaning::Kernel(series_fir),
};

fn series_fir(arguments: &Arguments<'_>) -> Answer {
    let (series, filters) = (arguments.dynamics(0)?, arguments.dynamics(1)?);
    dynamics(arguments, |row, text| {
        let arrays = numbers(series.at(row)).zip(numbers(filters.at(row)));
        let Some((values, filter)) = arrays else { return Ok(false) };
        let Some(filter) = filter.into_iter().collect::<Option<Vec<Number>>>() else {
            return Ok(false);
        };
        let values: Vec<Number> =
            values.into_iter().map(|value| value.unwrap_or(Number::Long(0))).collect();
        let has_negative = filter.iter().any(|coefficient| coefficient.real() < 0.0);
        let is_normalized = truth(arguments, 2, row)?.unwrap_or(!has_negative);
        if filter.is_empty() || (is_normalized && has_negative) {
            return Ok(false);
        }
        let ahead = if truth(arguments, 3, row)? == Some(true) { filter.len() / 2 } else { 0 };
        let work = values.len().saturating_mul(filter.len());
        if work > super::MOST_STEPS {
            return Err(KernelError::new("the series and the filter of `series_fir` are too long"));
        }
        write_numbers(filtered(&values, &filter, ahead, is_normalized), text);
        Ok(true)
    })
}

fn filtered(
    values: &[Number],
    filter: &[Number],
    ahead: usize,
    is_normalized: bool,
) -> impl Iterator<Item = Option<Number>> {
    let is_whole =
        |numbers: &[Number]| numbers.iter().all(|number| matches!(number, Number::Long(_)));
    let is_whole = !is_normalized && is_whole(values) && is_whole(filter);
    let total: f64 =
        if is_normalized { filter.iter().map(|value| value.real()).sum() } else { 1.0 };
    (0..values.len()).map(move |index| {
        let sum: f64 = filter
            .iter()
            .enumerate()
            .filter_map(|(back, coefficient)| {
                let value = values.get((index + ahead).checked_sub(back)?)?;
                Some(value.real() * coefficient.real())
            })
            .sum();
        Some(if is_whole { whole(sum) } else { Number::Real(sum / total) })
    })
}

#[expect(clippy::cast_possible_truncation, reason = "checked")]
fn whole(value: f64) -> Number {
    if value.abs() < 9e15 { Number::Long(value as i64) } else { Number::Real(value) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, json};

    #[test]
    fn filters() {
        let (dynamic, bool) = (Type::Dynamic, Type::Bool);
        check(
            &FUNCTION,
            &[dynamic, dynamic],
            dynamic,
            &[(&[json("[0,0,10,20,30]"), json("[1,1]")], json("[0.0,0.0,5.0,15.0,25.0]"))],
        );
        check(
            &FUNCTION,
            &[dynamic, dynamic, bool, bool],
            dynamic,
            &[
                (
                    &[json("[3,6,9]"), json("[1,1,1]"), Value::Bool(true), Value::Bool(true)],
                    json("[3.0,6.0,5.0]"),
                ),
                (
                    &[json("[3,6,9]"), json("[1,-1]"), Value::Bool(true), Value::Bool(true)],
                    Value::Null(dynamic),
                ),
            ],
        );
    }
}
