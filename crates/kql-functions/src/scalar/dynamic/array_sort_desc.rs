//! `array_sort_desc`: arrays sorted, the greatest first

use crate::prelude::*;
use crate::scalar::dynamic::sort::sort;

pub(super) static FUNCTION: Function = Function {
    name: "array_sort_desc",
    aliases: &[],
    help: "The first array sorted from the greatest element to the least, and any further ones of the same \
           length in the same order; null for those of another length. First come numbers, datetimes and timespans, \
           then strings, then guids, then all else. Nulls come last, or first where the last argument is false.",
    examples: &[
        Example {
            query: "print array_sort_desc(dynamic([3, null, 5]))",
            answer: &["print_0:dynamic", "[5,3,null]"],
        },
        Example {
            query: "print v = array_sort_desc(dynamic([3, 5]), dynamic(['c', 'e']))[1]",
            answer: &["v:dynamic", "[\"e\",\"c\"]"],
        },
    ],
    meaning: Meaning::Kernel(array_sort_desc),
};

fn array_sort_desc(arguments: &Arguments<'_>) -> Answer {
    sort(arguments, std::cmp::Ordering::reverse)
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
            &[dynamic, dynamic],
            dynamic,
            &[(
                &[json("[1,3,4,5,2]"), json("[\"a\",\"b\",\"c\",\"d\",\"e\"]")],
                json("[[5,4,3,2,1],[\"d\",\"c\",\"b\",\"e\",\"a\"]]"),
            )],
        );
        check(
            &FUNCTION,
            &[dynamic, Type::Bool],
            dynamic,
            &[(
                &[json("[null,\"b\",\"y\",\"g\",null]"), Value::Bool(false)],
                json("[[null,null,\"y\",\"g\",\"b\"]]"),
            )],
        );
    }
}
