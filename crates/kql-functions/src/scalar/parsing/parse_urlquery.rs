//! `parse_urlquery`: the parameters of a query string.

use std::collections::HashMap;

use crate::operand::Texts;
use crate::prelude::*;

use kql_semantics::dynamic::{write_key, write_string};

pub(super) static FUNCTION: Function = Function {
    name: "parse_urlquery",
    aliases: &["parseurlquery"],
    help: "The parameters of the query part of a URL, as a bag `Query Parameters` in a bag. Of parameters with one name, the last counts; what they say is not decoded.",
    examples: &[Example {
        query: "print v = parse_urlquery('k1=v1&k2=v2')",
        answer: &["v:dynamic", r#"{"Query Parameters":{"k1":"v1","k2":"v2"}}"#],
    }],
    meaning: Meaning::Kernel(parse_urlquery),
};

fn parse_urlquery(arguments: &Arguments<'_>) -> Answer {
    let source = Texts::new(arguments, 0)?;
    arguments.make_dynamics(|row, text| {
        text.push_str("{\"Query Parameters\":");
        write_parameters(source.at(row), text);
        text.push('}');
        true
    })
}

/// Writes a query string's parameters as a bag.
pub(super) fn write_parameters(query: &str, text: &mut String) {
    let mut entries: Vec<(&str, &str)> = Vec::new();
    let mut places: HashMap<&str, usize> = HashMap::new();
    for pair in query.split('&').filter(|pair| !pair.is_empty()) {
        let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
        match places.get(key).and_then(|place| entries.get_mut(*place)) {
            Some(entry) => entry.1 = value,
            None => {
                places.insert(key, entries.len());
                entries.push((key, value));
            }
        }
    }
    text.push('{');
    for (index, (key, value)) in entries.iter().enumerate() {
        if index > 0 {
            text.push(',');
        }
        write_key(key, text);
        write_string(value, text);
    }
    text.push('}');
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, json, text};

    #[test]
    fn answers() {
        let cases: &[(&[Value], Value)] = &[
            (
                &[text("view=vs-2019&preserve-view=true")],
                json(r#"{"Query Parameters":{"view":"vs-2019","preserve-view":"true"}}"#),
            ),
            (&[text("a=1&b&a=2=3&")], json(r#"{"Query Parameters":{"a":"2=3","b":""}}"#)),
            (&[text("")], json(r#"{"Query Parameters":{}}"#)),
        ];
        check(&FUNCTION, &[Type::String], Type::Dynamic, cases);
    }
}
