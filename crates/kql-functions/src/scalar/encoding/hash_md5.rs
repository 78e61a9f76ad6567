//! `hash_md5`: the MD5 hash.

use md5::Md5;

use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "hash_md5",
    aliases: &[],
    help: "The MD5 hash of a value, as `tostring` writes it, in hexadecimal digits; \"\" for \"\" and null.",
    examples: &[Example {
        query: "print v = hash_md5('abc')",
        answer: &["v:string", "900150983cd24fb0d6963f7d28e17f72"],
    }],
    meaning: Meaning::Kernel(hash_md5),
};

fn hash_md5(arguments: &Arguments<'_>) -> Answer {
    super::digest::<Md5>(arguments)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, datetime, text};

    #[test]
    fn answers() {
        let cases: &[(&[Value], Value)] =
            &[(&[text("abc")], text("900150983cd24fb0d6963f7d28e17f72")), (&[text("")], text(""))];
        check(&FUNCTION, &[Type::String], Type::String, cases);
        let cases: &[(&[Value], Value)] =
            &[(&[datetime("2020-01-01")], text("786c530672d1f8db31fee25ea8a9390b"))];
        check(&FUNCTION, &[Type::DateTime], Type::String, cases);
    }
}
