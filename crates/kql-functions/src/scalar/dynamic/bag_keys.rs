//! `bag_keys`: the keys of a bag

use super::{bag, write_array};
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "bag_keys",
    aliases: &[],
    help: "An array of the keys at the root of a bag; null where the value is no bag.",
    examples: &[Example {
        query: "print v = bag_keys(dynamic({'a': 1, 'b': {'c': 2}}))",
        answer: &["v:dynamic", "[\"a\",\"b\"]"],
    }],
    meaning: Meaning::Kernel(bag_keys),
};

fn bag_keys(arguments: &Arguments<'_>) -> Answer {
    let bags = arguments.dynamics(0)?;
    arguments.make_dynamics(|row, text| {
        let Some(entries) = bag(bags.at(row)) else { return false };
        let quoted = entries.entries.iter().map(|(key, _)| {
            let mut quoted = String::with_capacity(key.len() + 2);
            kql_semantics::dynamic::write_string(key, &mut quoted);
            quoted
        });
        write_array(quoted, text);
        true
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, json};

    #[test]
    fn gives_keys() {
        check(
            &FUNCTION,
            &[Type::Dynamic],
            Type::Dynamic,
            &[
                (&[json(r#"{"a":1,"b\"":{"c":1}}"#)], json(r#"["a","b\""]"#)),
                (&[json("{}")], json("[]")),
                (&[json("[1]")], Value::Null(Type::Dynamic)),
            ],
        );
    }
}
