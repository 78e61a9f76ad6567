//! What `trim`, `trim_start` and `trim_end` have in common: one match of an expression taken off an end of a string.

use regex::Regex;

use crate::operand::Texts;
use crate::prelude::*;
use crate::text::pattern::{self, Compiled};

/// The ends to take a match off.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Ends {
    Start,
    End,
    Both,
}

/// An expression, bound to either end.
struct Edges {
    start: Regex,
    end: Regex,
}

fn at_start(pattern: &str) -> String {
    format!("^(?:{pattern})")
}

fn at_end(pattern: &str) -> String {
    format!("(?:{pattern})$")
}

/// The kernel of all three.
pub(super) fn trim(arguments: &Arguments<'_>, ends: Ends) -> Answer {
    let source = Texts::new(arguments, 1)?;
    let patterns = Texts::new(arguments, 0)?;
    if let Some(text) = patterns.constant() {
        let edges = arguments.prepared(&[0], || {
            // Compiled as it was written first, so that an error shows it so.
            pattern::compile(text)?;
            let (start, end) = (at_start(text), at_end(text));
            Ok(Edges { start: pattern::compile(&start)?, end: pattern::compile(&end)? })
        })?;
        return arguments.make_strs(|row| cut(source.at(row), ends, &edges.start, &edges.end));
    }
    let (mut starts, mut finals) = (Compiled::new(at_start), Compiled::new(at_end));
    arguments.try_strs(|row| {
        let pattern = patterns.at(row);
        Ok(cut(source.at(row), ends, starts.get(pattern)?, finals.get(pattern)?))
    })
}

/// The match at the end is looked for in the whole text, so that `^` does not match where the one at the start was.
fn cut<'a>(text: &'a str, ends: Ends, at_start: &Regex, at_end: &Regex) -> &'a str {
    let start = match ends {
        Ends::End => 0,
        Ends::Start | Ends::Both => at_start.find(text).map_or(0, |found| found.end()),
    };
    let end = match ends {
        Ends::Start => text.len(),
        Ends::End | Ends::Both => {
            at_end.find_at(text, start).map_or(text.len(), |found| found.start())
        }
    };
    text.get(start..end).unwrap_or("")
}

#[cfg(test)]
mod tests {
    use super::super::{trim_end, trim_start};
    use super::*;
    use crate::testing::{check, error, text};

    #[test]
    fn takes_it_off_one_end() {
        for (function, cut) in [(&trim_start::FUNCTION, "a b  "), (&trim_end::FUNCTION, "  a b")] {
            check(
                function,
                &[Type::String, Type::String],
                Type::String,
                &[
                    (&[text(r"\s+"), text("  a b  ")], text(cut)),
                    (&[text(" "), text("")], text("")),
                ],
            );
            let wrong = error(function, Type::String, &[text("*"), text("a")]);
            assert!(wrong.contains("`*` is no regular expression"), "{wrong}");
        }
    }

    #[test]
    fn takes_one_match_off() {
        let three = |pattern: &str, text: &'static str| {
            let start = Regex::new(&at_start(pattern)).unwrap();
            let end = Regex::new(&at_end(pattern)).unwrap();
            [Ends::Both, Ends::Start, Ends::End].map(|ends| cut(text, ends, &start, &end))
        };
        assert_eq!(three("a$", "aa"), ["a", "aa", "a"]);
        assert_eq!(three("a", "aaab"), ["aab", "aab", "aaab"]);
        assert_eq!(three("^b|a", "ba"), ["", "a", "b"]);
        assert_eq!(three("é", "xéé"), ["xé", "xéé", "xé"]);
        assert_eq!(three("a|^b", "ab"), ["b", "b", "ab"]);
        assert_eq!(three("b*", "abc"), ["abc", "abc", "abc"]);
        assert_eq!(three(".*", "abc"), ["", "", ""]);
        assert_eq!(three("a+?", "xaaa"), ["x", "xaaa", "x"]);
        assert_eq!(three("a|aa", "xaaa"), ["xa", "xaaa", "xa"]);
        assert_eq!(three("(?i)a", "AaxA"), ["ax", "axA", "Aax"]);
        assert_eq!(three("a", "xa\n"), ["xa\n", "xa\n", "xa\n"]);
        assert_eq!(three("x", "xxx"), ["x", "xx", "xx"]);
        assert_eq!(three("x", "x"), ["", "", ""]);
    }
}
