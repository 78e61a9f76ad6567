//! `toupper`: a string in capital letters.

use crate::prelude::*;
use crate::text::fold;

pub(super) static FUNCTION: Function = Function {
    name: "toupper",
    aliases: &[],
    help: "A value as `tostring` writes it, in capital letters. A letter whose counterpart is no single letter (`ß`) stays.",
    examples: &[Example {
        query: "print v = toupper('Harrier É')",
        answer: &["v:string", "HARRIER É"],
    }],
    meaning: Meaning::Kernel(toupper),
};

fn toupper(arguments: &Arguments<'_>) -> Answer {
    super::map_letters(arguments, <[u8]>::make_ascii_uppercase, fold::upper)
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
                (&[text("MixedСyrillic")], text("MIXEDСYRILLIC")),
                (&[text("Straße É")], text("STRAßE É")),
                (&[text("")], text("")),
            ],
        );
        check(&FUNCTION, &[Type::String], Type::String, &[(&[text("aB1")], text("AB1"))]);
    }
}
