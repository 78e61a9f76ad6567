//! `trim_start`: a match taken off the start of a string.

use super::trimming::{self, Ends};
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "trim_start",
    aliases: &[],
    help: "A string without the match of a regular expression at its start. Only one match is taken off: \
           to take off all spaces, match `\\s+`.",
    examples: &[Example {
        query: "print v = trim_start('https://', 'https://bing.com')",
        answer: &["v:string", "bing.com"],
    }],
    meaning: Meaning::Kernel(trim_start),
};

fn trim_start(arguments: &Arguments<'_>) -> Answer {
    trimming::trim(arguments, Ends::Start)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, error, text};

    #[test]
    fn takes_it_off() {
        check(
            &FUNCTION,
            &[Type::String, Type::String],
            Type::String,
            &[
                (&[text(r"\s+"), text("  a b  ")], text("a b  ")),
                (&[text(" "), text("")], text("")),
            ],
        );
        let wrong = error(&FUNCTION, Type::String, &[text("*"), text("a")]);
        assert!(wrong.contains("`*` is no regular expression"), "{wrong}");
    }
}
