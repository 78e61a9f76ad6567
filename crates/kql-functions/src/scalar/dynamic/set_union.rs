//! `set_union`: the elements of any array

use super::sets::{distinct, rows};
use super::write_array;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "set_union",
    aliases: &[],
    help: "An array of all distinct elements of the arrays, in the order of their first appearance. What is \
           no array is passed over; null where none is one.",
    examples: &[Example {
        query: "print v = set_union(dynamic([1, 2]), dynamic([2, 3]))",
        answer: &["v:dynamic", "[1,2,3]"],
    }],
    meaning: Meaning::Kernel(set_union),
};

fn set_union(arguments: &Arguments<'_>) -> Answer {
    rows(arguments, |arrays, text| {
        let given: Vec<&str> = arrays.iter().flatten().flatten().copied().collect();
        write_array(distinct(&given), text);
        arrays.iter().any(Option::is_some)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, json};

    #[test]
    fn unites() {
        let dynamic = Type::Dynamic;
        check(
            &FUNCTION,
            &[dynamic, dynamic],
            dynamic,
            &[
                (&[json("[1,2,1]"), json("[2,3.0,3]")], json("[1,2,3.0]")),
                (&[json(r#"["A4","A2","A4"]"#), Value::Null(dynamic)], json(r#"["A4","A2"]"#)),
                (&[json("1"), Value::Null(dynamic)], Value::Null(dynamic)),
            ],
        );
    }
}
