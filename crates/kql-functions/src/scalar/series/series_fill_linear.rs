//! `series_fill_linear`: a series with its gaps filled along lines

use super::fill::{Gaps, line};
use super::{Number, dynamics, number_or, numbers, truth, write_numbers};
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "series_fill_linear",
    aliases: &[],
    help: "The series with nulls, or elements equal to the second argument where that is not null, replaced \
           by what lies on the line between their neighbours; whole numbers stay whole. Gaps at the ends get the \
           nearest element, unless the third argument is false. A series of nothing but gaps gets the fourth argument \
           everywhere, or 0.",
    examples: &[Example {
        query: "print v = series_fill_linear(dynamic([null, 111.0, null, 36]))",
        answer: &["v:dynamic", "[111.0,111.0,73.5,36.0]"],
    }],
    meaning: Meaning::Kernel(series_fill_linear),
};

fn series_fill_linear(arguments: &Arguments<'_>) -> Answer {
    let series = arguments.dynamics(0)?;
    dynamics(arguments, |row, text| {
        let Some(elements) = numbers(series.at(row)) else { return Ok(false) };
        let gaps = Gaps::new(arguments, 1, row)?;
        let known: Vec<Option<Number>> = elements
            .iter()
            .map(|element| element.filter(|value| !gaps.is_number(*value)))
            .collect();
        let is_whole = known.iter().flatten().all(|value| matches!(value, Number::Long(_)));
        if known.iter().all(Option::is_none) {
            let constant = number_or(arguments, 3, row, 0.0)?.map(Number::Real);
            write_numbers(known.iter().map(|_| constant), text);
            return Ok(true);
        }
        let are_edges_filled = truth(arguments, 2, row)? != Some(false);
        write_numbers(line(&known, is_whole, are_edges_filled), text);
        Ok(true)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, json};

    #[test]
    fn fills() {
        let (dynamic, real) = (Type::Dynamic, Type::Real);
        check(
            &FUNCTION,
            &[dynamic],
            dynamic,
            &[
                (
                    &[json("[null,111,null,36,41,null,null,16,null]")],
                    json("[111,111,73,36,41,32,24,16,16]"),
                ),
                (&[json("[null,null]")], json("[0.0,0.0]")),
            ],
        );
        check(
            &FUNCTION,
            &[dynamic, real, Type::Bool, real],
            dynamic,
            &[
                (
                    &[
                        json("[null,1.0,null,2.0,null]"),
                        Value::Null(real),
                        Value::Bool(false),
                        Value::Real(3.5),
                    ],
                    json("[null,1.0,1.5,2.0,null]"),
                ),
                (
                    &[json("[null]"), Value::Null(real), Value::Bool(true), Value::Real(3.5)],
                    json("[3.5]"),
                ),
                (
                    &[json("[0,2.0,0]"), Value::Real(0.0), Value::Bool(true), Value::Real(3.5)],
                    json("[2.0,2.0,2.0]"),
                ),
            ],
        );
    }
}
