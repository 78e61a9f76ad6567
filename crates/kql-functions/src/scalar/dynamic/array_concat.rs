//! `array_concat`: several arrays as one

use super::write_array;
use crate::json;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "array_concat",
    aliases: &[],
    help: "One array of the elements of all arrays, in order. What is no array is passed over.",
    examples: &[Example {
        query: "print v = array_concat(dynamic([1, 2]), dynamic([3]))",
        answer: &["v:dynamic", "[1,2,3]"],
    }],
    meaning: Meaning::Kernel(array_concat),
};

fn array_concat(arguments: &Arguments<'_>) -> Answer {
    let arrays =
        (0..arguments.len()).map(|at| arguments.dynamics(at)).collect::<Result<Vec<_>, _>>()?;
    arguments.make_dynamics(|row, text| {
        let texts = arrays.iter().filter_map(|array| array.at(row));
        write_array(texts.flat_map(json::elements), text);
        true
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, json};

    #[test]
    fn concatenates() {
        check(
            &FUNCTION,
            &[Type::Dynamic, Type::Dynamic],
            Type::Dynamic,
            &[
                (&[json("[1,[2]]"), json("[\"a\",null]")], json("[1,[2],\"a\",null]")),
                (&[json("{\"a\":1}"), json("[99]")], json("[99]")),
                (&[Value::Null(Type::Dynamic), json("5")], json("[]")),
            ],
        );
    }
}
