//! `bag_remove_keys`: a bag without some keys

use super::nested::{keys, remove};
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "bag_remove_keys",
    aliases: &[],
    help: "The bag without the keys of an array; `$.a.b` means the key `b` in the bag under `a`. Null where \
           the first value is no bag.",
    examples: &[Example {
        query: "print v = bag_remove_keys(dynamic({'a': 1, 'b': {'c': 2, 'd': 3}}), dynamic(['a', '$.b.c']))",
        answer: &["v:dynamic", "{\"b\":{\"d\":3}}"],
    }],
    meaning: Meaning::Kernel(bag_remove_keys),
};

fn bag_remove_keys(arguments: &Arguments<'_>) -> Answer {
    let (bags, paths) = (arguments.dynamics(0)?, arguments.dynamics(1)?);
    arguments.make_dynamics(|row, text| {
        let Some(Ok(mut bag @ Dynamic::Bag(_))) = bags.at(row).map(Dynamic::parse) else {
            return false;
        };
        if let Some(Ok(Dynamic::Array(paths))) = paths.at(row).map(Dynamic::parse) {
            for path in paths {
                if let Dynamic::String(path) = path {
                    remove(&mut bag, &keys(&path));
                }
            }
        }
        text.push_str(&bag.to_text());
        true
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, json};

    #[test]
    fn removes() {
        let dynamic = Type::Dynamic;
        check(
            &FUNCTION,
            &[dynamic, dynamic],
            dynamic,
            &[
                (
                    &[
                        json(r#"{"a":1,"b":2,"c":{"d":1,"e":2}}"#),
                        json(r#"["a","$.c.d","x","$.b.y"]"#),
                    ],
                    json(r#"{"b":2,"c":{"e":2}}"#),
                ),
                (&[json(r#"{"a":1}"#), Value::Null(dynamic)], json(r#"{"a":1}"#)),
                (&[json("[1]"), json("[\"a\"]")], Value::Null(dynamic)),
            ],
        );
    }
}
