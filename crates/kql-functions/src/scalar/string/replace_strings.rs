//! `replace_strings`: several strings replaced at once.

use aho_corasick::{AhoCorasick, MatchKind};

use crate::answers::grow;
use crate::operand::{Texts, elements};
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "replace_strings",
    aliases: &[],
    help: "A string with all places of several others replaced, each by the string at its place in a second list. What was \
           put in is not looked at again, and of others that begin at one place the first in the list counts. Lists that \
           differ in length are an error.",
    examples: &[Example {
        query: "print v = replace_strings('a cat and a dog', dynamic(['cat', 'dog']), dynamic(['dog', 'pigeon']))",
        answer: &["v:string", "a dog and a pigeon"],
    }],
    meaning: Meaning::Kernel(replace_strings),
};

struct Replacer {
    automaton: AhoCorasick,
    rewrites: Vec<String>,
}

impl Replacer {
    fn new(lookups: Option<&str>, rewrites: Option<&str>) -> Result<Self, KernelError> {
        let lookups = lookups.map(elements).unwrap_or_default();
        let rewrites = rewrites.map(elements).unwrap_or_default();
        if lookups.len() != rewrites.len() {
            return Err(KernelError(format!(
                "`replace_strings` has {} strings to replace, and {} to replace them by",
                lookups.len(),
                rewrites.len()
            )));
        }
        // An empty string is nowhere.
        let both = lookups.into_iter().zip(rewrites).filter(|(lookup, _)| !lookup.is_empty());
        let (lookups, rewrites): (Vec<String>, Vec<String>) = both.unzip();
        let automaton = AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostFirst)
            .build(&lookups)
            .map_err(|error| KernelError(format!("too many strings to replace: {error}")))?;
        Ok(Self { automaton, rewrites })
    }

    fn replace(&self, source: &str, text: &mut String) -> Result<(), KernelError> {
        let mut from = 0;
        for found in self.automaton.find_iter(source) {
            grow(text, source.get(from..found.start()).unwrap_or(""))?;
            grow(text, self.rewrites.get(found.pattern().as_usize()).map_or("", String::as_str))?;
            from = found.end();
        }
        grow(text, source.get(from..).unwrap_or(""))
    }
}

fn replace_strings(arguments: &Arguments<'_>) -> Answer {
    let source = Texts::new(arguments, 0)?;
    let (lookups, rewrites) = (arguments.dynamics(1)?, arguments.dynamics(2)?);
    if arguments.is_constant(1) && arguments.is_constant(2) {
        let make = || Replacer::new(lookups.at(0), rewrites.at(0));
        let replacer = arguments.prepared(&[1, 2], make)?;
        return arguments.try_strings(|row, text| replacer.replace(source.at(row), text));
    }
    arguments.try_strings(|row, text| {
        Replacer::new(lookups.at(row), rewrites.at(row))?.replace(source.at(row), text)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, error, json, text};

    #[test]
    fn replaces_at_once() {
        let three = |source: &str, lookups: &str, rewrites: &str| {
            [text(source), json(lookups), json(rewrites)]
        };
        check(
            &FUNCTION,
            &[Type::String, Type::Dynamic, Type::Dynamic],
            Type::String,
            &[
                (&three("cat dog", r#"["cat","dog"]"#, r#"["dog","pigeon"]"#), text("dog pigeon")),
                (&three("turn x", r#"["turn"," x"]"#, r#"["go",""]"#), text("go")),
                (&three("a1", r#"[1,""]"#, "[2,3]"), text("a2")),
            ],
        );
        let wrong = error(&FUNCTION, Type::String, &three("a", r#"["a"]"#, "[]"));
        assert!(wrong.contains("1 strings to replace, and 0"), "{wrong}");
    }
}
