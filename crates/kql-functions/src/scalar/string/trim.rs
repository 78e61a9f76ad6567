//! `trim`: a match taken off either end of a string.

use super::trimming::{self, Ends};
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "trim",
    aliases: &[],
    help: "A string without the match of a regular expression at its start and that at its end. Only one match is taken off: \
           to take off all spaces, match `\\s+`.",
    examples: &[Example { query: "print v = trim('--', '--a--')", answer: &["v:string", "a"] }],
    meaning: Meaning::Kernel(trim),
};

fn trim(arguments: &Arguments<'_>) -> Answer {
    trimming::trim(arguments, Ends::Both)
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
            &[(&[text(r"\s+"), text("  a b  ")], text("a b")), (&[text(" "), text("")], text(""))],
        );
        let wrong = error(&FUNCTION, Type::String, &[text("*"), text("a")]);
        assert!(wrong.contains("`*` is no regular expression"), "{wrong}");
    }
}
