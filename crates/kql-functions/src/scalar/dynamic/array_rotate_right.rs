//! `array_rotate_right`: an array turned around to the right

use super::array_rotate_left::rotate;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "array_rotate_right",
    aliases: &[],
    help: "The elements of an array moved so many places to the right, those that leave it coming back at \
           its begin; to the left where the number is negative. Null where the value is no array.",
    examples: &[Example {
        query: "print v = array_rotate_right(dynamic([1, 2, 3, 4, 5]), 2)",
        answer: &["v:dynamic", "[4,5,1,2,3]"],
    }],
    meaning: Meaning::Kernel(array_rotate_right),
};

fn array_rotate_right(arguments: &Arguments<'_>) -> Answer {
    rotate(arguments, |places| -places)
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
                (&[json("[1,2,3,4,5]"), Value::Long(2)], json("[4,5,1,2,3]")),
                (&[json("[1,2,3,4,5]"), Value::Long(-6)], json("[2,3,4,5,1]")),
            ],
        );
    }
}
