//! `array_shift_left`: an array moved to the left

use super::{array, write_array};
use crate::convert::dynamic::Texts;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "array_shift_left",
    aliases: &[],
    help: "The elements of an array moved so many places to the left, or to the right where the number is \
           negative. Those that leave it are gone; in the free places comes the third argument, or where there is none \
           null, or \"\" in an array of strings. Null where the value is no array.",
    examples: &[Example {
        query: "print a = array_shift_left(dynamic([1, 2, 3]), 1), b = array_shift_left(dynamic([1, 2, 3]), -1, 0)",
        answer: &["a:dynamic, b:dynamic", "[2,3,null], [0,1,2]"],
    }],
    meaning: Meaning::Kernel(array_shift_left),
};

fn array_shift_left(arguments: &Arguments<'_>) -> Answer {
    shift(arguments, |places| places)
}

/// Moves elements to the left by what `left` makes of the second argument.
pub(super) fn shift(arguments: &Arguments<'_>, left: fn(i64) -> i64) -> Answer {
    let (arrays, places) = (arguments.dynamics(0)?, arguments.longs(1)?);
    let fillings = if arguments.len() > 2 { Some(Texts::new(arguments, 2)?) } else { None };
    let mut given = String::new();
    arguments.make_dynamics(|row, text| {
        let Some(mut elements) = array(arrays.at(row)) else { return false };
        let Some(places) = places.at(row) else { return false };
        given.clear();
        let filling = match &fillings {
            Some(fillings) => {
                fillings.write(row, &mut given);
                given.as_str()
            }
            None if elements.iter().all(|element| element.starts_with('"')) => "\"\"",
            None => "null",
        };
        let length = i64::try_from(elements.len()).unwrap_or(i64::MAX);
        let left = left(places.clamp(-length, length));
        let count = usize::try_from(left.unsigned_abs()).unwrap_or(0);
        if left > 0 {
            elements.rotate_left(count);
            let kept = elements.len() - count;
            elements[kept..].fill(filling);
        } else {
            elements.rotate_right(count);
            elements[..count].fill(filling);
        }
        write_array(elements, text);
        true
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, json};

    #[test]
    fn shifts() {
        check(
            &FUNCTION,
            &[Type::Dynamic, Type::Long],
            Type::Dynamic,
            &[
                (&[json("[1,2,3,4,5]"), Value::Long(2)], json("[3,4,5,null,null]")),
                (&[json("[1,2]"), Value::Long(i64::MAX)], json("[null,null]")),
                (&[json("[\"a\",\"b\"]"), Value::Long(1)], json("[\"b\",\"\"]")),
            ],
        );
        check(
            &FUNCTION,
            &[Type::Dynamic, Type::Long, Type::Long],
            Type::Dynamic,
            &[(&[json("[1,2,3,4,5]"), Value::Long(-2), Value::Long(-1)], json("[-1,-1,1,2,3]"))],
        );
    }
}
