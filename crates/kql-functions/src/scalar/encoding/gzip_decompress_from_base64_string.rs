//! `gzip_decompress_from_base64_string`: the text that gzip in Base64 holds.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use flate2::read::GzDecoder;

use crate::operand::Texts;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "gzip_decompress_from_base64_string",
    aliases: &[],
    help: "The text that gzip, written in Base64, holds; \"\" where it is no text or neither. More than 32 MB is an error.",
    examples: &[Example {
        query: "print v = gzip_decompress_from_base64_string('H4sIAAAAAAAA/wEUAOv/MTIzNDU2Nzg5MHF3ZXJ0eXVpb3A6m7f2FAAAAA==')",
        answer: &["v:string", "1234567890qwertyuiop"],
    }],
    meaning: Meaning::Kernel(gzip_decompress_from_base64_string),
};

fn gzip_decompress_from_base64_string(arguments: &Arguments<'_>) -> Answer {
    let source = Texts::new(arguments, 0)?;
    arguments.try_strings(|row, text| {
        let Ok(bytes) = STANDARD.decode(source.at(row)) else { return Ok(()) };
        super::compressed::read(GzDecoder::new(bytes.as_slice()), text)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, text};

    #[test]
    fn answers() {
        let cases: &[(&[Value], Value)] = &[
            (
                &[text("H4sIAAAAAAAA/wEUAOv/MTIzNDU2Nzg5MHF3ZXJ0eXVpb3A6m7f2FAAAAA==")],
                text("1234567890qwertyuiop"),
            ),
            (&[text("")], text("")),
            (&[text("AAAA")], text("")),
            (&[text("x")], text("")),
        ];
        check(&FUNCTION, &[Type::String], Type::String, cases);
    }
}
