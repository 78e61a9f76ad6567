//! `bag_has_key`: whether a bag has a key

use super::bag;
use super::nested::keys;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "bag_has_key",
    aliases: &[],
    help: "Whether a bag has a key; `$.a.b` means the key `b` in the bag under `a`. Null where the value is \
           no bag.",
    examples: &[Example {
        query: "print a = bag_has_key(dynamic({'a': {'b': null}}), 'a'), b = bag_has_key(dynamic({'a': {'b': null}}), '$.a.b')",
        answer: &["a:bool, b:bool", "True, True"],
    }],
    meaning: Meaning::Kernel(bag_has_key),
};

fn bag_has_key(arguments: &Arguments<'_>) -> Answer {
    let (bags, paths) = (arguments.dynamics(0)?, arguments.strings(1)?);
    arguments.make_bools(|row| {
        let text = bags.at(row).filter(|text| super::is_bag(text))?;
        Some(has(text, &keys(paths.at(row))))
    })
}

fn has(text: &str, keys: &[&str]) -> bool {
    let mut text = text;
    for key in keys {
        let Some(entries) = bag(Some(text)) else { return false };
        match entries.get(key) {
            Some(value) => text = value,
            None => return false,
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, json, text};

    #[test]
    fn finds_keys() {
        let bag = || json(r#"{"key1":1,"key2":{"prop1":null},"a.b":2}"#);
        let is = Value::Bool;
        check(
            &FUNCTION,
            &[Type::Dynamic, Type::String],
            Type::Bool,
            &[
                (&[bag(), text("key2")], is(true)),
                (&[bag(), text("KEY2")], is(false)),
                (&[bag(), text("$.key2.prop1")], is(true)),
                (&[bag(), text("$.key1.prop1")], is(false)),
                (&[bag(), text("a.b")], is(true)),
                (&[bag(), text("$['a.b']")], is(true)),
                (&[json("[1]"), text("a")], Value::Null(Type::Bool)),
            ],
        );
    }
}
