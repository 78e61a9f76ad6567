//! `d[index]` where the index differs by row: an element of an array, or a value of a bag.

use crate::json::{Path, Step, unescaped};
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "[]",
    aliases: &[],
    help: "An element of an array by its position, counted from 0, or from the end where negative; or the value under a key of a bag, in exactly this case. Null where there is none.",
    examples: &[Example {
        query: "print d = dynamic({'a': [1, 2]}), k = 'a' | project x = d[k], y = d[k][-1]",
        answer: &["x:dynamic, y:dynamic", "[1,2], 2"],
    }],
    meaning: Meaning::Kernel(element),
};

fn element(arguments: &Arguments<'_>) -> Answer {
    let values = arguments.dynamics(0)?;
    let get = |row, step: Step, text: &mut String| {
        let value = values.at(row);
        put(value.and_then(|value| Path::new(&[step]).get(value)), text)
    };
    match arguments.ty(1) {
        Type::String => {
            let keys = arguments.strings(1)?;
            arguments.make_dynamics(|row, text| get(row, Step::Key(keys.at(row).to_owned()), text))
        }
        Type::Dynamic | Type::Unknown => {
            let indexes = arguments.dynamics(1)?;
            arguments.make_dynamics(|row, text| match indexes.at(row).and_then(step) {
                Some(step) => get(row, step, text),
                None => false,
            })
        }
        _ => {
            let positions = arguments.longs(1)?;
            arguments.make_dynamics(|row, text| match positions.at(row) {
                Some(position) => get(row, Step::Position(position), text),
                None => false,
            })
        }
    }
}

fn step(index: &str) -> Option<Step> {
    match index.parse() {
        Ok(position) => Some(Step::Position(position)),
        Err(_) if index.starts_with('"') => Some(Step::Key(unescaped(index).into_owned())),
        Err(_) => None,
    }
}

fn put(value: Option<&str>, text: &mut String) -> bool {
    text.push_str(value.unwrap_or(""));
    value.is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, json, text};

    #[test]
    fn takes_elements() {
        let null = Value::Null(Type::Dynamic);
        check(
            &FUNCTION,
            &[Type::Dynamic, Type::Long],
            Type::Dynamic,
            &[
                (&[json("[1,2,3]"), Value::Long(1)], json("2")),
                (&[json("[1,2,3]"), Value::Long(-1)], json("3")),
                (&[json("[1,2,3]"), Value::Long(3)], null.clone()),
                (&[json("{\"1\":2}"), Value::Long(1)], null.clone()),
                (&[json("[1]"), Value::Null(Type::Long)], null.clone()),
                (&[null.clone(), Value::Long(0)], null.clone()),
            ],
        );
        check(
            &FUNCTION,
            &[Type::Dynamic, Type::String],
            Type::Dynamic,
            &[
                (&[json(r#"{"a":1,"b":[2]}"#), text("b")], json("[2]")),
                (&[json(r#"{"a":1}"#), text("A")], null.clone()),
                (&[json("[1]"), text("0")], null.clone()),
            ],
        );
        check(
            &FUNCTION,
            &[Type::Dynamic, Type::Dynamic],
            Type::Dynamic,
            &[
                (&[json(r#"{"a":1}"#), json("\"a\"")], json("1")),
                (&[json("[5]"), json("0")], json("5")),
                (&[json("[5]"), json("[0]")], null),
            ],
        );
    }
}
