//! `gzip_compress_to_base64_string`: a text as gzip, in Base64.

use super::compressed;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "gzip_compress_to_base64_string",
    aliases: &[],
    help: "A text in UTF-8 as gzip, written in Base64. The bytes are stored as they are, as the real engine does with short texts: any program reads them, but they are not fewer.",
    examples: &[Example {
        query: "print v = gzip_compress_to_base64_string('1234567890qwertyuiop')",
        answer: &["v:string", "H4sIAAAAAAAA/wEUAOv/MTIzNDU2Nzg5MHF3ZXJ0eXVpb3A6m7f2FAAAAA=="],
    }],
    meaning: Meaning::Kernel(gzip_compress_to_base64_string),
};

fn gzip_compress_to_base64_string(arguments: &Arguments<'_>) -> Answer {
    compressed::in_base64(arguments, compressed::gzip)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, text};

    #[test]
    fn answers() {
        let cases: &[(&[Value], Value)] = &[(
            &[text("1234567890qwertyuiop")],
            text("H4sIAAAAAAAA/wEUAOv/MTIzNDU2Nzg5MHF3ZXJ0eXVpb3A6m7f2FAAAAA=="),
        )];
        check(&FUNCTION, &[Type::String], Type::String, cases);
    }
}
