//! `set_difference`: the elements of the first array only

use super::sets::{distinct, keys, rows};
use super::write_array;
use crate::json::canonical;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "set_difference",
    aliases: &[],
    help: "An array of the distinct elements of the first array that are in none of the others. Null where \
           the first is no array.",
    examples: &[Example {
        query: "print v = set_difference(dynamic([1, 2, 3]), dynamic([2]), dynamic([3]))",
        answer: &["v:dynamic", "[1]"],
    }],
    meaning: Meaning::Kernel(set_difference),
};

fn set_difference(arguments: &Arguments<'_>) -> Answer {
    rows(arguments, |arrays, text| {
        let Some((Some(first), others)) = arrays.split_first() else { return false };
        let others: Vec<_> =
            others.iter().map(|array| keys(array.as_deref().unwrap_or_default())).collect();
        let only = distinct(first).into_iter().filter(|element| {
            let key = canonical(element);
            !others.iter().any(|keys| keys.contains(&*key))
        });
        write_array(only, text);
        true
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, json};

    #[test]
    fn subtracts() {
        let dynamic = Type::Dynamic;
        check(
            &FUNCTION,
            &[dynamic, dynamic],
            dynamic,
            &[
                (&[json("[1,2,1,4]"), json("[1,2]")], json("[4]")),
                (&[json("[null,1,null,2]"), json("[null]")], json("[1,2]")),
                (&[json("[1,1]"), Value::Null(dynamic)], json("[1]")),
            ],
        );
    }
}
