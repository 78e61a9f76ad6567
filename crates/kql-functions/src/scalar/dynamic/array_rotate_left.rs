//! `array_rotate_left`: an array turned around to the left

use super::{array, write_array};
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "array_rotate_left",
    aliases: &[],
    help: "The elements of an array moved so many places to the left, those that leave it coming back at its \
           end; to the right where the number is negative. Null where the value is no array.",
    examples: &[Example {
        query: "print v = array_rotate_left(dynamic([1, 2, 3, 4, 5]), 2)",
        answer: &["v:dynamic", "[3,4,5,1,2]"],
    }],
    meaning: Meaning::Kernel(array_rotate_left),
};

fn array_rotate_left(arguments: &Arguments<'_>) -> Answer {
    rotate(arguments, |places| places)
}

/// Moves elements to the left by what `left` makes of the second argument.
pub(super) fn rotate(arguments: &Arguments<'_>, left: fn(i64) -> i64) -> Answer {
    let (arrays, places) = (arguments.dynamics(0)?, arguments.longs(1)?);
    arguments.make_dynamics(|row, text| {
        let Some(mut elements) = array(arrays.at(row)) else { return false };
        let Some(places) = places.at(row) else { return false };
        if let Ok(length @ 1..) = i64::try_from(elements.len()) {
            let places = left(places % length).rem_euclid(length);
            elements.rotate_left(usize::try_from(places).unwrap_or(0));
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
    fn rotates() {
        check(
            &FUNCTION,
            &[Type::Dynamic, Type::Long],
            Type::Dynamic,
            &[
                (&[json("[10,20,30]"), Value::Long(1)], json("[20,30,10]")),
                (&[json("[10,20,30]"), Value::Long(-1)], json("[30,10,20]")),
                (&[json("[10,20,30]"), Value::Long(i64::MIN)], json("[20,30,10]")),
                (&[json("[]"), Value::Long(7)], json("[]")),
            ],
        );
    }
}
