//! `parse_json`: JSON text as a dynamic

use crate::convert;
use crate::json::{Form, form};
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "parse_json",
    aliases: &["todynamic", "parsejson", "toobject"],
    help: "What a JSON text says, as a dynamic. A text that is no JSON is a string that says it; the empty \
           text is null. A value that is no string is turned into a dynamic.",
    examples: &[Example {
        query: "print d = parse_json('{\"a\": [1, 2]}') | project x = d.a[1], y = parse_json('not json'), z = parse_json('')",
        answer: &["x:dynamic, y:dynamic, z:dynamic", "2, not json, "],
    }],
    meaning: Meaning::Kernel(parse_json),
};

fn parse_json(arguments: &Arguments<'_>) -> Answer {
    if arguments.ty(0) != Type::String {
        return convert::column(arguments, Type::Dynamic);
    }
    let texts = arguments.strings(0)?;
    arguments.make_dynamics(|row, text| parse(texts.at(row), text))
}

/// Writes the dynamic that a text says; false for null.
fn parse(json: &str, text: &mut String) -> bool {
    let json = json.trim_matches([' ', '\t', '\n', '\r']);
    if json.is_empty() {
        return false;
    }
    match form(json) {
        Form::Kept => text.push_str(json),
        Form::Rewritten => match Dynamic::parse(json) {
            Ok(value) => text.push_str(&value.to_text()),
            Err(_) => kql_semantics::dynamic::write_string(json, text),
        },
        Form::Other => kql_semantics::dynamic::write_string(json, text),
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, json, text};

    #[test]
    fn reads_json() {
        check(
            &FUNCTION,
            &[Type::String],
            Type::Dynamic,
            &[
                (&[text("{\"a\": [true, null]}")], json("{\"a\":[true,null]}")),
                (&[text("[1, 2]")], json("[1,2]")),
                (&[text(" 1e3 ")], json("1000.0")),
                (&[text("\"\\u0041\"")], json("\"A\"")),
                (&[text("null")], Value::Null(Type::Dynamic)),
                (&[text("")], Value::Null(Type::Dynamic)),
                (&[text("not json")], json("\"not json\"")),
                (&[text("{\"a\":")], json("\"{\\\"a\\\":\"")),
                (&[text("\"\u{1}d2020-01-01\"")], json("\"\\\"\\u0001d2020-01-01\\\"\"")),
            ],
        );
        check(&FUNCTION, &[Type::Dynamic], Type::Dynamic, &[(&[json("\"{}\"")], json("\"{}\""))]);
        check(&FUNCTION, &[Type::Long], Type::Dynamic, &[(&[Value::Long(5)], json("5"))]);
    }
}
