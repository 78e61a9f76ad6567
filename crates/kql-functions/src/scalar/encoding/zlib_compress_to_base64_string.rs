//! `zlib_compress_to_base64_string`: a text as zlib, in Base64.

use super::compressed;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "zlib_compress_to_base64_string",
    aliases: &[],
    help: "A text in UTF-8 as zlib, written in Base64. The bytes are stored as they are, as the real engine does with short texts: any program reads them, but they are not fewer.",
    examples: &[Example {
        query: "print v = zlib_compress_to_base64_string('1234567890qwertyuiop')",
        answer: &["v:string", "eAEBFADr/zEyMzQ1Njc4OTBxd2VydHl1aW9wOAkGdw=="],
    }],
    meaning: Meaning::Kernel(zlib_compress_to_base64_string),
};

fn zlib_compress_to_base64_string(arguments: &Arguments<'_>) -> Answer {
    compressed::in_base64(arguments, compressed::zlib)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, text};

    #[test]
    fn answers() {
        let cases: &[(&[Value], Value)] = &[(
            &[text("1234567890qwertyuiop")],
            text("eAEBFADr/zEyMzQ1Njc4OTBxd2VydHl1aW9wOAkGdw=="),
        )];
        check(&FUNCTION, &[Type::String], Type::String, cases);
    }
}
