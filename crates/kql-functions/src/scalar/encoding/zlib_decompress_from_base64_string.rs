//! `zlib_decompress_from_base64_string`: the text that zlib in Base64 holds.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use flate2::read::ZlibDecoder;

use crate::operand::Texts;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "zlib_decompress_from_base64_string",
    aliases: &[],
    help: "The text that zlib, written in Base64, holds; \"\" where it is no text or neither. More than 32 MB is an error.",
    examples: &[Example {
        query: "print v = zlib_decompress_from_base64_string('eJwLSS0uUSguKcrMS1cwNDIGACxqBQ4=')",
        answer: &["v:string", "Test string 123"],
    }],
    meaning: Meaning::Kernel(zlib_decompress_from_base64_string),
};

fn zlib_decompress_from_base64_string(arguments: &Arguments<'_>) -> Answer {
    let source = Texts::new(arguments, 0)?;
    arguments.try_strings(|row, text| {
        let Ok(bytes) = STANDARD.decode(source.at(row)) else { return Ok(()) };
        super::compressed::read(ZlibDecoder::new(bytes.as_slice()), text)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, text};

    #[test]
    fn answers() {
        let cases: &[(&[Value], Value)] = &[
            (&[text("eJwLSS0uUSguKcrMS1cwNDIGACxqBQ4=")], text("Test string 123")),
            (&[text("")], text("")),
            (&[text("AAAA")], text("")),
            (&[text("x")], text("")),
        ];
        check(&FUNCTION, &[Type::String], Type::String, cases);
    }
}
