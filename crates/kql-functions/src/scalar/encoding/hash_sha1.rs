//! `hash_sha1`: the SHA-1 hash.

use sha1::Sha1;

use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "hash_sha1",
    aliases: &[],
    help: "The SHA-1 hash of a value, as `tostring` writes it, in hexadecimal digits; \"\" for \"\" and null.",
    examples: &[Example {
        query: "print v = hash_sha1('abc')",
        answer: &["v:string", "a9993e364706816aba3e25717850c26c9cd0d89d"],
    }],
    meaning: Meaning::Kernel(hash_sha1),
};

fn hash_sha1(arguments: &Arguments<'_>) -> Answer {
    super::digest::<Sha1>(arguments)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, datetime, text};

    #[test]
    fn answers() {
        let cases: &[(&[Value], Value)] = &[
            (&[text("abc")], text("a9993e364706816aba3e25717850c26c9cd0d89d")),
            (&[text("")], text("")),
        ];
        check(&FUNCTION, &[Type::String], Type::String, cases);
        let cases: &[(&[Value], Value)] =
            &[(&[datetime("2020-01-01")], text("e903e533f4d636b4fc0dcf3cf81e7b7f330de776"))];
        check(&FUNCTION, &[Type::DateTime], Type::String, cases);
    }
}
