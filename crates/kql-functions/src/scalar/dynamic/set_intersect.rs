//! `set_intersect`: the elements of all arrays

use super::sets::{distinct, keys, rows};
use super::write_array;
use crate::json::canonical;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "set_intersect",
    aliases: &[],
    help: "An array of the distinct elements that are in all of the arrays. Null where the first is no \
           array.",
    examples: &[Example {
        query: "print v = set_intersect(dynamic([1, 2, 3]), dynamic([2, 3, 4]))",
        answer: &["v:dynamic", "[2,3]"],
    }],
    meaning: Meaning::Kernel(set_intersect),
};

fn set_intersect(arguments: &Arguments<'_>) -> Answer {
    rows(arguments, |arrays, text| {
        let Some((Some(first), others)) = arrays.split_first() else { return false };
        let others: Vec<_> =
            others.iter().map(|array| keys(array.as_deref().unwrap_or_default())).collect();
        let common = distinct(first).into_iter().filter(|element| {
            let key = canonical(element);
            others.iter().all(|keys| keys.contains(&*key))
        });
        write_array(common, text);
        true
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, json};

    #[test]
    fn intersects() {
        let dynamic = Type::Dynamic;
        check(
            &FUNCTION,
            &[dynamic, dynamic, dynamic],
            dynamic,
            &[
                (&[json("[1,2,1,4]"), json("[1,2]"), json("[8.0,1.0]")], json("[1]")),
                (&[json("[1]"), json("[2]"), json("[1]")], json("[]")),
                (&[Value::Null(dynamic), json("[2]"), json("[1]")], Value::Null(dynamic)),
            ],
        );
    }
}
