//! `treepath`: the paths within a dynamic

use std::collections::HashSet;

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
        let mut paths = Paths::default();
        paths.collect(&value, &mut String::new());
        text.push_str(&Dynamic::Array(paths.found).to_text());
        true
    })
}

/// Paths in the order in which they are found, each once.
#[derive(Default)]
struct Paths {
    found: Vec<Dynamic>,
    seen: HashSet<String>,
}

impl Paths {
    /// Adds the paths within a value. Values nest no deeper than the reader lets them.
    fn collect(&mut self, value: &Dynamic, path: &mut String) {
        match value {
            Dynamic::Array(values) => {
                values.iter().for_each(|value| self.step("[0]", value, path));
            }
            Dynamic::Bag(entries) => entries.iter().for_each(|(key, value)| {
                self.step(&format!("['{key}']"), value, path);
            }),
            _ => {}
        }
    }

    fn step(&mut self, step: &str, value: &Dynamic, path: &mut String) {
        let length = path.len();
        path.push_str(step);
        if self.seen.insert(path.clone()) {
            self.found.push(Dynamic::string(path));
        }
        self.collect(value, path);
        path.truncate(length);
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
