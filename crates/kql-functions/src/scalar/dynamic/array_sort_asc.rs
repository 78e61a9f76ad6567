//! `array_sort_asc`: arrays sorted, the least first

use crate::prelude::*;
use crate::scalar::dynamic::sort::sort;

pub(super) static FUNCTION: Function = Function {
    name: "array_sort_asc",
    aliases: &[],
    help: "The first array sorted, and any further ones of the same length in the same order; null for those \
           of another length. First come numbers, datetimes and timespans, then strings, then guids, then all else. \
           Nulls come last, or first where the last argument is false.",
    examples: &[Example {
        query: "print array_sort_asc(dynamic([3, null, 1]), dynamic(['c', 'n', 'a']))",
        answer: &[
            "array0_sorted:dynamic, array1_sorted:dynamic",
            "[1,3,null], [\"a\",\"c\",\"n\"]",
        ],
    }],
    meaning: Meaning::Kernel(array_sort_asc),
};

fn array_sort_asc(arguments: &Arguments<'_>) -> Answer {
    sort(arguments, |ordering| ordering)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, json};

    #[test]
    fn sorts() {
        let dynamic = Type::Dynamic;
        check(
            &FUNCTION,
            &[dynamic],
            dynamic,
            &[
                (&[json("[null,\"b\",\"y\",\"g\",null]")], json("[[\"b\",\"g\",\"y\",null,null]]")),
                (&[json("[\"a\",10,2.5,true,9]")], json("[[2.5,9,10,\"a\",true]]")),
                (&[json("{}")], json("[null]")),
            ],
        );
        check(
            &FUNCTION,
            &[dynamic, dynamic, Type::Bool],
            dynamic,
            &[
                (
                    &[json("[2,null,1]"), json("[\"b\",\"n\",\"a\"]"), Value::Bool(false)],
                    json("[[null,1,2],[\"n\",\"a\",\"b\"]]"),
                ),
                (&[json("[2,1]"), json("[1]"), Value::Bool(true)], json("[[1,2],null]")),
            ],
        );
    }
}
