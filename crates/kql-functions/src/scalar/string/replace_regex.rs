//! `replace_regex`: matches of a regular expression replaced.

use super::rewrite;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "replace_regex",
    aliases: &[],
    help: "A string with all matches of a regular expression replaced. In the rewrite, `\\0` is the whole match, `\\1` to \
           `\\9` are its groups, and `\\\\` is a backslash.",
    examples: &[Example {
        query: r"print v = replace_regex('Number is 1', @'is (\d+)', @'was: \1')",
        answer: &["v:string", "Number was: 1"],
    }],
    meaning: Meaning::Kernel(replace_regex),
};

fn replace_regex(arguments: &Arguments<'_>) -> Answer {
    rewrite::replace_regex(arguments, [0, 1, 2])
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
                (&[text("one two"), text(r"(\w+)"), text(r"[\1]")], text("[one] [two]")),
                (&[text("abcABCabc"), text("(?i)abc"), text("#")], text("###")),
                (&[text("ababab"), text("(ab)+"), text("X")], text("X")),
                (&[text(""), text("a"), text("X")], text("")),
            ],
        );
    }
}
