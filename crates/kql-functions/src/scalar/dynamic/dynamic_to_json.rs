//! `dynamic_to_json`: a dynamic as JSON text with sorted keys

use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "dynamic_to_json",
    aliases: &[],
    help: "The value as JSON text without spaces, the keys of bags in alphabetical order, so that equal \
           values give equal texts.",
    examples: &[Example {
        query: "print j = dynamic_to_json(dynamic({\"b\": 2, \"a\": 1}))",
        answer: &["j:string", "{\"a\":1,\"b\":2}"],
    }],
    meaning: Meaning::Kernel(dynamic_to_json),
};

fn dynamic_to_json(arguments: &Arguments<'_>) -> Answer {
    let values = arguments.dynamics(0)?;
    arguments.make_strings(|row, text| {
        let value = values.at(row).and_then(|value| Dynamic::parse(value).ok());
        let Some(mut value) = value else {
            text.push_str("null");
            return;
        };
        sort(&mut value);
        text.push_str(&kql_semantics::dynamic::untagged(&value.to_text()));
    })
}

/// Sorts the keys of all bags. Values nest no deeper than the reader lets them.
fn sort(value: &mut Dynamic) {
    match value {
        Dynamic::Array(values) => values.iter_mut().for_each(sort),
        Dynamic::Bag(entries) => {
            entries.sort_by(|(a, _), (b, _)| a.cmp(b));
            entries.iter_mut().for_each(|(_, value)| sort(value));
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, json, text};

    #[test]
    fn sorts_keys_at_all_depths() {
        check(
            &FUNCTION,
            &[Type::Dynamic],
            Type::String,
            &[
                (
                    &[json(r#"{"b":[{"d":1,"c":2}],"a":null}"#)],
                    text(r#"{"a":null,"b":[{"c":2,"d":1}]}"#),
                ),
                (&[json("[1,2,3]")], text("[1,2,3]")),
            ],
        );
    }
}
