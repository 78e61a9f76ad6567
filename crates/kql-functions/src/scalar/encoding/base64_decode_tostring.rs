//! `base64_decode_tostring`: the text that Base64 holds.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::operand::Texts;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "base64_decode_tostring",
    aliases: &["base64_decodestring"],
    help: "The text whose bytes, in UTF-8, are written in Base64; \"\" where they are no text, or it is no Base64.",
    examples: &[Example {
        query: "print v = base64_decode_tostring('S3VzdG8=')",
        answer: &["v:string", "Kusto"],
    }],
    meaning: Meaning::Kernel(base64_decode_tostring),
};

fn base64_decode_tostring(arguments: &Arguments<'_>) -> Answer {
    let source = Texts::new(arguments, 0)?;
    let mut bytes = Vec::new();
    arguments.make_strings(|row, text| {
        bytes.clear();
        if STANDARD.decode_vec(source.at(row), &mut bytes).is_ok() {
            text.push_str(std::str::from_utf8(&bytes).unwrap_or(""));
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, text};

    #[test]
    fn answers() {
        let cases: &[(&[Value], Value)] = &[
            (&[text("w6k=")], text("é")),
            (&[text("w6k")], text("")),
            (&[text("U3RyaW5n0KHR0tGA0L7Rh9C60LA=")], text("")),
            (&[text("")], text("")),
            (&[text("YQBiAA==")], text("a\0b\0")),
        ];
        check(&FUNCTION, &[Type::String], Type::String, cases);
    }
}
