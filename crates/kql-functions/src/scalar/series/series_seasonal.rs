//! `series_seasonal`: what repeats in a series

use super::decompose::{Season, seasonal};
use super::{dynamics, number_or, numbers, write_reals};
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "series_seasonal",
    aliases: &[],
    help: "The part of a series that repeats: the median of the elements at the same place of all periods. \
           The period is the second argument; where there is none, or it is -1, one is looked for, and the answer is 0 \
           everywhere where none is found. The last elements, as many as the third argument says, are not learned \
           from.",
    examples: &[Example {
        query: "print v = series_seasonal(dynamic([1, 3, 5, 1, 3, 5, 2, 4, 6]), 3)",
        answer: &["v:dynamic", "[1.0,3.0,5.0,1.0,3.0,5.0,1.0,3.0,5.0]"],
    }],
    meaning: Meaning::Kernel(series_seasonal),
};

fn series_seasonal(arguments: &Arguments<'_>) -> Answer {
    let series = arguments.dynamics(0)?;
    dynamics(arguments, |row, text| {
        let Some(values) = numbers(series.at(row)) else { return Ok(false) };
        let values: Vec<Option<f64>> =
            values.iter().map(|value| value.map(super::Number::real)).collect();
        let season = Season::new(number_or(arguments, 1, row, -1.0)?, Season::THRESHOLD)?;
        let learned = values.len().saturating_sub(super::count(number_or(arguments, 2, row, 0.0)?));
        write_reals(&seasonal(&values, learned, season), text);
        Ok(true)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, json};

    #[test]
    fn takes_medians() {
        check(
            &FUNCTION,
            &[Type::Dynamic, Type::Long],
            Type::Dynamic,
            &[(
                &[json("[1,3,5,2,4,6,1,3,5,2,4,6]"), Value::Long(3)],
                json("[1.5,3.5,5.5,1.5,3.5,5.5,1.5,3.5,5.5,1.5,3.5,5.5]"),
            )],
        );
    }
}
