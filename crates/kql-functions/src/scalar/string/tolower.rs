//! `tolower`: a string in small letters.

use crate::prelude::*;
use crate::text::fold;

pub(super) static FUNCTION: Function = Function {
    name: "tolower",
    aliases: &[],
    help: "A value as `tostring` writes it, in small letters. A letter whose counterpart is no single letter (`ß`) stays.",
    examples: &[Example {
        query: "print v = tolower('Harrier É')",
        answer: &["v:string", "harrier é"],
    }],
    meaning: Meaning::Kernel(tolower),
};

fn tolower(arguments: &Arguments<'_>) -> Answer {
    super::map_letters(arguments, <[u8]>::make_ascii_lowercase, fold::lower)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, text};

    #[test]
    fn changes_case() {
        check(
            &FUNCTION,
            &[Type::String],
            Type::String,
            &[
                (&[text("MixedСyrillic")], text("mixedсyrillic")),
                (&[text("Straße É")], text("straße é")),
                (&[text("")], text("")),
            ],
        );
        check(&FUNCTION, &[Type::String], Type::String, &[(&[text("aB1")], text("ab1"))]);
    }
}
