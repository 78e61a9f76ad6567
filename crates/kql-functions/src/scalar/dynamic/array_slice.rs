//! `array_slice`: a part of an array

use super::{array, place, write_array};
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "array_slice",
    aliases: &[],
    help: "The elements of an array from one place to another, both included; places count from 0, or from \
           the end where negative, and what lies outside is left out. Null where the value is no array.",
    examples: &[Example {
        query: "print a = array_slice(dynamic([1, 2, 3, 4]), 1, 2), b = array_slice(dynamic([1, 2, 3, 4]), -2, -1)",
        answer: &["a:dynamic, b:dynamic", "[2,3], [3,4]"],
    }],
    meaning: Meaning::Kernel(array_slice),
};

fn array_slice(arguments: &Arguments<'_>) -> Answer {
    let arrays = arguments.dynamics(0)?;
    let (starts, ends) = (arguments.longs(1)?, arguments.longs(2)?);
    arguments.make_dynamics(|row, text| {
        let Some(elements) = array(arrays.at(row)) else { return false };
        let Some((start, end)) = starts.at(row).zip(ends.at(row)) else { return false };
        let start = place(start, elements.len());
        // The end is included, and -1 is the last element.
        let end =
            if end == -1 { elements.len() } else { place(end.saturating_add(1), elements.len()) };
        write_array(elements.get(start..end).unwrap_or_default(), text);
        true
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, json};

    #[test]
    fn slices() {
        let array = || json("[1,2,3,4,5,6]");
        let long = Value::Long;
        check(
            &FUNCTION,
            &[Type::Dynamic, Type::Long, Type::Long],
            Type::Dynamic,
            &[
                (&[array(), long(2), long(-2)], json("[3,4,5]")),
                (&[array(), long(-3), long(-1)], json("[4,5,6]")),
                (&[array(), long(0), long(100)], json("[1,2,3,4,5,6]")),
                (&[array(), long(3), long(2)], json("[]")),
                (&[array(), long(-100), long(0)], json("[1]")),
                (&[array(), long(0), long(-100)], json("[]")),
                (&[json("{}"), long(0), long(1)], Value::Null(Type::Dynamic)),
            ],
        );
    }
}
