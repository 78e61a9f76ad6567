//! `array_index_of`: where a value stands in an array

use super::{array, place};
use crate::convert::dynamic::Texts;
use crate::json::canonical;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "array_index_of",
    aliases: &[],
    help: "The place of a value in an array, counted from 0; -1 where it is not there, null where the first \
           argument is no array. A search can begin at a place (counted from the end where negative), be over so many \
           elements (-1 for all), and be for the second, third, ... occurrence.",
    examples: &[Example {
        query: "print a = array_index_of(dynamic(['a', 'b', 'a']), 'a', 1), b = array_index_of(dynamic([1]), 2)",
        answer: &["a:long, b:long", "2, -1"],
    }],
    meaning: Meaning::Kernel(array_index_of),
};

fn array_index_of(arguments: &Arguments<'_>) -> Answer {
    let (arrays, values) = (arguments.dynamics(0)?, Texts::new(arguments, 1)?);
    let optional =
        |index: usize| (index < arguments.len()).then(|| arguments.longs(index)).transpose();
    let (starts, lengths, occurrences) = (optional(2)?, optional(3)?, optional(4)?);
    let mut value = String::new();
    arguments.make_longs(|row| {
        let elements = array(arrays.at(row))?;
        value.clear();
        values.write(row, &mut value);
        let value = canonical(&value);
        let start = starts.as_ref().map_or(Some(0), |starts| starts.at(row))?;
        let length = lengths.as_ref().map_or(Some(-1), |lengths| lengths.at(row))?;
        let occurrence = occurrences.as_ref().map_or(Some(1), |counts| counts.at(row))?;
        let skipped = usize::try_from(occurrence - 1).ok()?;
        let start = place(start, elements.len());
        let found = elements
            .iter()
            .enumerate()
            .skip(start)
            .take(usize::try_from(length).unwrap_or(usize::MAX))
            .filter(|(_, element)| canonical(element) == value)
            .nth(skipped);
        Some(found.and_then(|(index, _)| i64::try_from(index).ok()).unwrap_or(-1))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, json, text};

    #[test]
    fn finds_places() {
        let array = json(r#"["this","is","an","example","an","example"]"#);
        let (long, string, dynamic) = (Type::Long, Type::String, Type::Dynamic);
        let found = |more: &[i64], value: &str, place: i64| {
            let mut arguments = vec![array.clone(), text(value)];
            arguments.extend(more.iter().map(|number| Value::Long(*number)));
            let mut types = vec![dynamic, string];
            types.resize(arguments.len(), long);
            check(&FUNCTION, &types, long, &[(&arguments, Value::Long(place))]);
        };
        found(&[], "an", 2);
        found(&[1, 3], "example", 3);
        found(&[1, 2], "example", -1);
        found(&[2, 4], "is", -1);
        found(&[2, -1], "example", 3);
        found(&[1, -1, 2], "an", 4);
        found(&[1, -1, 3], "an", -1);
        found(&[-3], "an", 4);
        found(&[-4], "is", -1);
        check(
            &FUNCTION,
            &[dynamic, Type::Real],
            long,
            &[
                (&[json("[5,15]"), Value::Real(15.0)], Value::Long(1)),
                (&[json("{}"), Value::Real(15.0)], Value::Null(long)),
            ],
        );
    }
}
