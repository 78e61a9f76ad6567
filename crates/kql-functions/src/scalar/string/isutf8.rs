//! `isutf8`: whether a string is valid UTF-8.

use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "isutf8",
    aliases: &[],
    help: "Whether a string is valid UTF-8. All strings are: bytes that are not become no string when they are read.",
    examples: &[Example { query: "print v = isutf8('härrier')", answer: &["v:bool", "True"] }],
    meaning: Meaning::Kernel(isutf8),
};

fn isutf8(arguments: &Arguments<'_>) -> Answer {
    arguments.make_bools(|_| Some(true))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, text};

    #[test]
    fn all_are() {
        let cases: &[(&[Value], Value)] = &[(&[text("é")], Value::Bool(true))];
        check(&FUNCTION, &[Type::String], Type::Bool, cases);
    }
}
