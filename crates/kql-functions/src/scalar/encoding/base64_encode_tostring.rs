//! `base64_encode_tostring`: a text in Base64.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::operand::Texts;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "base64_encode_tostring",
    aliases: &["base64_encodestring"],
    help: "The bytes of a text, in UTF-8, written in Base64.",
    examples: &[Example {
        query: "print v = base64_encode_tostring('Kusto')",
        answer: &["v:string", "S3VzdG8="],
    }],
    meaning: Meaning::Kernel(base64_encode_tostring),
};

fn base64_encode_tostring(arguments: &Arguments<'_>) -> Answer {
    let source = Texts::new(arguments, 0)?;
    arguments.make_strings(|row, text| STANDARD.encode_string(source.at(row), text))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, text};

    #[test]
    fn answers() {
        let cases: &[(&[Value], Value)] = &[(&[text("é")], text("w6k=")), (&[text("")], text(""))];
        check(&FUNCTION, &[Type::String], Type::String, cases);
    }
}
