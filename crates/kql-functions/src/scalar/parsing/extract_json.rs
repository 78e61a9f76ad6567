//! `extract_json`: a value within JSON, by its path.

use crate::convert;
use crate::operand::Texts;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "extract_json",
    aliases: &["extractjson"],
    help: "The value at a path (`$.a[0].b`, `$['a b']`) in a text of JSON, turned into the type that the third argument names, or a string. \"\" or null where there is none, or the text is no JSON. A path that is none is an error.",
    examples: &[Example {
        query: r#"print v = extract_json('$.hosts[1].name', '{"hosts":[{"name":"a"},{"name":"b"}]}')"#,
        answer: &["v:string", "b"],
    }],
    meaning: Meaning::Kernel(extract_json),
};

fn extract_json(arguments: &Arguments<'_>) -> Answer {
    let source = Texts::new(arguments, 1)?;
    let paths = Texts::new(arguments, 0)?;
    let constant = match paths.constant() {
        Some(path) => Some(arguments.prepared(&[0], || parse_path(path))?),
        None => None,
    };
    let found = arguments.try_dynamics(|row, text| {
        let varying;
        let path = match &constant {
            Some(path) => path.as_ref(),
            None => {
                varying = parse_path(paths.at(row))?;
                &varying
            }
        };
        let Ok(document) = Dynamic::parse(source.at(row)) else { return Ok(false) };
        let Some(value) = path.iter().try_fold(&document, |value, step| step.of(value)) else {
            return Ok(false);
        };
        text.push_str(&value.to_text());
        Ok(true)
    })?;
    let ty = arguments.result();
    arguments.computed(&found, Type::Dynamic, |one| convert::column(one, ty))
}

enum Step {
    Key(String),
    Index(usize),
}

impl Step {
    fn of<'a>(&self, value: &'a Dynamic) -> Option<&'a Dynamic> {
        match (self, value) {
            (Self::Key(key), Dynamic::Bag(entries)) => {
                entries.iter().find(|(name, _)| **name == **key).map(|(_, value)| value)
            }
            (Self::Index(index), Dynamic::Array(values)) => values.get(*index),
            _ => None,
        }
    }
}

/// Reads `$`, then `.key`, `[number]`, `['key']` or `["key"]` as often as they come.
fn parse_path(path: &str) -> Result<Vec<Step>, KernelError> {
    let wrong = || KernelError(format!("`{path}` is no path of JSON, such as `$.a[0].b`"));
    let mut steps = Vec::new();
    let mut rest = path.trim().strip_prefix('$').ok_or_else(wrong)?;
    while !rest.is_empty() {
        let (step, behind) = step(rest).ok_or_else(wrong)?;
        steps.push(step);
        rest = behind;
    }
    Ok(steps)
}

fn step(text: &str) -> Option<(Step, &str)> {
    if let Some(rest) = text.strip_prefix('.') {
        let end = rest.find(['.', '[']).unwrap_or(rest.len());
        let (key, behind) = rest.split_at(end);
        return (!key.is_empty()).then(|| (Step::Key(key.to_owned()), behind));
    }
    let rest = text.strip_prefix('[')?;
    let Some(quote) = rest.chars().next().filter(|c| matches!(c, '\'' | '"')) else {
        let (index, behind) = rest.split_once(']')?;
        return Some((Step::Index(index.trim().parse().ok()?), behind));
    };
    let (key, behind) = rest.get(1..)?.split_once(quote)?;
    Some((Step::Key(key.to_owned()), behind.strip_prefix(']')?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, error, text};

    #[test]
    fn answers() {
        let cases: &[(&[Value], Value)] = &[
            (&[text("$.name"), text(r#"{"name": "John", "age": 30}"#)], text("John")),
            (&[text("$['a b'][1]"), text(r#"{"a b":[1,{"c":2}]}"#)], text(r#"{"c":2}"#)),
            (&[text("$"), text("[1, 2]")], text("[1,2]")),
            (&[text("$.x"), text("{}")], text("")),
            (&[text("$.x"), text("nope")], text("")),
        ];
        check(&FUNCTION, &[Type::String, Type::String], Type::String, cases);
        let cases: &[(&[Value], Value)] = &[
            (&[text("$.age"), text(r#"{"age": 30}"#), text("")], Value::Int(30)),
            (&[text("$.x"), text(r#"{"age": 30}"#), text("")], Value::Null(Type::Int)),
        ];
        check(&FUNCTION, &[Type::String, Type::String, Type::String], Type::Int, cases);
        assert!(error(&FUNCTION, Type::String, &[text("a.b"), text("{}")]).contains("`a.b`"));
    }
}
