//! `array_reverse`: an array the other way round

use super::{array, write_array};
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "array_reverse",
    aliases: &[],
    help: "The elements of an array in the opposite order; null where the value is no array.",
    examples: &[Example {
        query: "print v = array_reverse(dynamic([1, 2, 3]))",
        answer: &["v:dynamic", "[3,2,1]"],
    }],
    meaning: Meaning::Kernel(array_reverse),
};

fn array_reverse(arguments: &Arguments<'_>) -> Answer {
    let arrays = arguments.dynamics(0)?;
    arguments.make_dynamics(|row, text| {
        let Some(elements) = array(arrays.at(row)) else { return false };
        write_array(elements.iter().rev(), text);
        true
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, json};

    #[test]
    fn reverses() {
        check(
            &FUNCTION,
            &[Type::Dynamic],
            Type::Dynamic,
            &[
                (&[json("[1,\"a\",[2,3]]")], json("[[2,3],\"a\",1]")),
                (&[json("1")], Value::Null(Type::Dynamic)),
            ],
        );
    }
}
