//! `bag_set_key`: a bag with a key set

use super::nested::{keys, set};
use crate::convert::dynamic::Texts;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "bag_set_key",
    aliases: &[],
    help: "The bag with a value under a key, whether it had the key or not; `$.a.b` means the key `b` in the \
           bag under `a`, which is made where it is missing. Null where the first value is no bag.",
    examples: &[Example {
        query: "print v = bag_set_key(dynamic({'a': 1}), 'b', 2)",
        answer: &["v:dynamic", "{\"a\":1,\"b\":2}"],
    }],
    meaning: Meaning::Kernel(bag_set_key),
};

fn bag_set_key(arguments: &Arguments<'_>) -> Answer {
    let (bags, paths) = (arguments.dynamics(0)?, arguments.strings(1)?);
    let values = Texts::new(arguments, 2)?;
    let mut written = String::new();
    arguments.make_dynamics(|row, text| {
        let Some(Ok(mut bag @ Dynamic::Bag(_))) = bags.at(row).map(Dynamic::parse) else {
            return false;
        };
        written.clear();
        values.write(row, &mut written);
        let Ok(value) = Dynamic::parse(&written) else { return false };
        set(&mut bag, &keys(paths.at(row)), value);
        text.push_str(&bag.to_text());
        true
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, json, text};

    #[test]
    fn sets() {
        let dynamic = Type::Dynamic;
        check(
            &FUNCTION,
            &[dynamic, Type::String, Type::Long],
            dynamic,
            &[
                (
                    &[json(r#"{"key1":1,"key3":"abc"}"#), text("key3"), Value::Long(3)],
                    json(r#"{"key1":1,"key3":3}"#),
                ),
                (
                    &[json(r#"{"key1":1}"#), text("$.key2.prop1"), Value::Long(3)],
                    json(r#"{"key1":1,"key2":{"prop1":3}}"#),
                ),
                (&[Value::Null(dynamic), text("a"), Value::Long(3)], Value::Null(dynamic)),
            ],
        );
    }
}
