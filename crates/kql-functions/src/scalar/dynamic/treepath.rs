//! `treepath`: the paths within a dynamic

use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "treepath",
    aliases: &[],
    help: "An array of the paths to all values within a dynamic, each once, as they could stand behind it. \
           All elements of an array go by the path `[0]`.",
    examples: &[Example {
        query: "print p = treepath(dynamic({\"a\": {\"b\": 1}, \"c\": [1, 2]}))",
        answer: &["p:dynamic", "[\"['a']\",\"['a']['b']\",\"['c']\",\"['c'][0]\"]"],
    }],
    meaning: Meaning::Kernel(treepath),
};

fn treepath(arguments: &Arguments<'_>) -> Answer {
    let values = arguments.dynamics(0)?;
    arguments.make_dynamics(|row, text| {
        let Some(value) = values.at(row).and_then(|value| Dynamic::parse(value).ok()) else {
            return false;
        };
        let mut paths = Vec::new();
        collect(&value, &mut String::new(), &mut paths);
        text.push_str(&Dynamic::Array(paths).to_text());
        true
    })
}

/// Adds the paths within a value. Values nest no deeper than the reader lets them.
fn collect(value: &Dynamic, path: &mut String, paths: &mut Vec<Dynamic>) {
    let length = path.len();
    let mut step = |step: &str, value: &Dynamic| {
        path.push_str(step);
        let found = Dynamic::string(path);
        if !paths.contains(&found) {
            paths.push(found);
        }
        collect(value, path, paths);
        path.truncate(length);
    };
    match value {
        Dynamic::Array(values) => values.iter().for_each(|value| step("[0]", value)),
        Dynamic::Bag(entries) => {
            entries.iter().for_each(|(key, value)| step(&format!("['{key}']"), value));
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, json};

    #[test]
    fn finds_paths() {
        check(
            &FUNCTION,
            &[Type::Dynamic],
            Type::Dynamic,
            &[
                (
                    &[json(r#"{"a":{"b":{"c":1}},"x":{"y":2}}"#)],
                    json(r#"["['a']","['a']['b']","['a']['b']['c']","['x']","['x']['y']"]"#),
                ),
                (&[json(r#"[1,{"a":1},{"a":2}]"#)], json(r#"["[0]","[0]['a']"]"#)),
            ],
        );
    }
}
