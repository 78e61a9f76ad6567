//! `bag_zip`: keys and values as a bag

use super::{Entries, array, write_bag};
use crate::json::unescaped;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "bag_zip",
    aliases: &[],
    help: "A bag of an array of keys and an array of values: a key without a value has null, values without \
           a key and keys that are no strings are left out. Null where either is no array.",
    examples: &[Example {
        query: "print v = bag_zip(dynamic(['a', 'b']), dynamic([1]))",
        answer: &["v:dynamic", "{\"a\":1,\"b\":null}"],
    }],
    meaning: Meaning::Kernel(bag_zip),
};

fn bag_zip(arguments: &Arguments<'_>) -> Answer {
    let (keys, values) = (arguments.dynamics(0)?, arguments.dynamics(1)?);
    arguments.make_dynamics(|row, text| {
        let arrays = array(keys.at(row)).zip(array(values.at(row)));
        let Some((keys, values)) = arrays else { return false };
        let mut entries = Entries::default();
        for (index, key) in keys.iter().enumerate().filter(|(_, key)| key.starts_with('"')) {
            entries.set(unescaped(key), values.get(index).copied().unwrap_or("null"));
        }
        write_bag(entries.entries, text);
        true
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, json};

    #[test]
    fn zips() {
        let dynamic = Type::Dynamic;
        check(
            &FUNCTION,
            &[dynamic, dynamic],
            dynamic,
            &[
                (
                    &[json(r#"["a","b","c"]"#), json(r#"[1,"2"]"#)],
                    json(r#"{"a":1,"b":"2","c":null}"#),
                ),
                (&[json(r#"["a",8,"b"]"#), json(r#"[1,"2",2.5,3]"#)], json(r#"{"a":1,"b":2.5}"#)),
                (&[json(r#""a""#), json("[1]")], Value::Null(dynamic)),
            ],
        );
    }
}
