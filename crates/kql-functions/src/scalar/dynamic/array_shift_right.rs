//! `array_shift_right`: an array moved to the right

use super::array_shift_left::shift;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "array_shift_right",
    aliases: &[],
    help: "The elements of an array moved so many places to the right, or to the left where the number is \
           negative. Those that leave it are gone; in the free places comes the third argument, or where there is none \
           null, or \"\" in an array of strings. Null where the value is no array.",
    examples: &[Example {
        query: "print a = array_shift_right(dynamic([1, 2, 3]), 1), b = array_shift_right(dynamic([1, 2, 3]), -1, 0)",
        answer: &["a:dynamic, b:dynamic", "[null,1,2], [2,3,0]"],
    }],
    meaning: Meaning::Kernel(array_shift_right),
};

fn array_shift_right(arguments: &Arguments<'_>) -> Answer {
    shift(arguments, |places| -places)
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
            &[(&[json("[1,2,3,4,5]"), Value::Long(2)], json("[null,null,1,2,3]"))],
        );
        check(
            &FUNCTION,
            &[Type::Dynamic, Type::Long, Type::Long],
            Type::Dynamic,
            &[(&[json("[1,2,3,4,5]"), Value::Long(-2), Value::Long(-1)], json("[3,4,5,-1,-1]"))],
        );
    }
}
