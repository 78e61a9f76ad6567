//! `hash_sha256`: the SHA-256 hash.

use sha2::Sha256;

use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "hash_sha256",
    aliases: &[],
    help: "The SHA-256 hash of a value, as `tostring` writes it, in hexadecimal digits; \"\" for \"\" and null.",
    examples: &[Example {
        query: "print v = hash_sha256('abc')",
        answer: &["v:string", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"],
    }],
    meaning: Meaning::Kernel(hash_sha256),
};

fn hash_sha256(arguments: &Arguments<'_>) -> Answer {
    super::digest::<Sha256>(arguments)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, datetime, text};

    #[test]
    fn answers() {
        let cases: &[(&[Value], Value)] = &[
            (
                &[text("abc")],
                text("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
            ),
            (&[text("")], text("")),
        ];
        check(&FUNCTION, &[Type::String], Type::String, cases);
        let cases: &[(&[Value], Value)] = &[(
            &[datetime("2020-01-01")],
            text("ba666752dc1a20eb750b0eb64e780cc4c968bc9fb8813461c1d7e750f302d71d"),
        )];
        check(&FUNCTION, &[Type::DateTime], Type::String, cases);
    }
}
