//! `bag_merge`: several bags as one

use super::{Entries, bag, write_bag};
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "bag_merge",
    aliases: &[],
    help: "One bag of the entries of all bags; of equal keys the leftmost counts. What is no bag is passed \
           over; null where none is one.",
    examples: &[Example {
        query: "print v = bag_merge(dynamic({'a': 1}), dynamic({'a': 2, 'b': 3}))",
        answer: &["v:dynamic", "{\"a\":1,\"b\":3}"],
    }],
    meaning: Meaning::Kernel(bag_merge),
};

fn bag_merge(arguments: &Arguments<'_>) -> Answer {
    let bags =
        (0..arguments.len()).map(|at| arguments.dynamics(at)).collect::<Result<Vec<_>, _>>()?;
    arguments.make_dynamics(|row, text| {
        let mut merged = Entries::default();
        let mut is_any = false;
        for entries in bags.iter().filter_map(|values| bag(values.at(row))) {
            is_any = true;
            for (key, value) in entries.entries {
                if merged.get(&key).is_none() {
                    merged.set(key, value);
                }
            }
        }
        write_bag(merged.entries, text);
        is_any
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, json};

    #[test]
    fn merges() {
        let dynamic = Type::Dynamic;
        check(
            &FUNCTION,
            &[dynamic, dynamic, dynamic],
            dynamic,
            &[
                (
                    &[json(r#"{"a":1,"b":2}"#), json(r#"{"b":3,"c":4}"#), json(r#"{"c":5,"d":6}"#)],
                    json(r#"{"a":1,"b":2,"c":4,"d":6}"#),
                ),
                (&[json(r#"{"k":1}"#), Value::Null(dynamic), json("[1]")], json(r#"{"k":1}"#)),
                (&[Value::Null(dynamic), Value::Null(dynamic), json("1")], Value::Null(dynamic)),
            ],
        );
    }
}
