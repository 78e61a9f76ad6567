//! `replace_string`: a string in another replaced.

use memchr::memmem::Finder;

use crate::answers::grow;
use crate::operand::Texts;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "replace_string",
    aliases: &[],
    help: "A string with all places of another in it replaced; an empty one is nowhere.",
    examples: &[Example {
        query: "print v = replace_string('a cat and a cat', 'cat', 'dog')",
        answer: &["v:string", "a dog and a dog"],
    }],
    meaning: Meaning::Kernel(replace_string),
};

fn replace_string(arguments: &Arguments<'_>) -> Answer {
    let source = Texts::new(arguments, 0)?;
    let lookups = Texts::new(arguments, 1)?;
    let rewrites = Texts::new(arguments, 2)?;
    let constant = lookups.constant().map(Finder::new);
    arguments.try_strings(|row, text| match &constant {
        Some(finder) => replace(source.at(row), finder, rewrites.at(row), text),
        None => replace(source.at(row), &Finder::new(lookups.at(row)), rewrites.at(row), text),
    })
}

fn replace(
    source: &str,
    finder: &Finder<'_>,
    rewrite: &str,
    text: &mut String,
) -> Result<(), KernelError> {
    let length = finder.needle().len();
    let mut rest = if length == 0 { "" } else { source };
    while let Some(at) = finder.find(rest.as_bytes()).filter(|_| length > 0) {
        grow(text, rest.get(..at).unwrap_or(""))?;
        grow(text, rewrite)?;
        rest = rest.get(at + length..).unwrap_or("");
    }
    grow(text, if length == 0 { source } else { rest })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, text};

    #[test]
    fn replaces() {
        check(
            &FUNCTION,
            &[Type::String, Type::String, Type::String],
            Type::String,
            &[
                (&[text("abcabc"), text("a"), text("XY")], text("XYbcXYbc")),
                (&[text("aaaa"), text(""), text("_")], text("aaaa")),
                (&[text("aaaaa"), text("aa"), text("b")], text("bba")),
                (&[text("100%off"), text("%"), text("PCT")], text("100PCToff")),
                (&[text(""), text("a"), text("b")], text("")),
            ],
        );
    }
}
