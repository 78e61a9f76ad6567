//! `base64_encode_fromarray`: bytes in Base64.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::convert::dynamic;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "base64_encode_fromarray",
    aliases: &[],
    help: "An array of numbers from 0 to 255 as bytes, written in Base64; \"\" where it is no such array.",
    examples: &[Example {
        query: "print v = base64_encode_fromarray(dynamic([75, 117, 115, 116, 111]))",
        answer: &["v:string", "S3VzdG8="],
    }],
    meaning: Meaning::Kernel(base64_encode_fromarray),
};

fn base64_encode_fromarray(arguments: &Arguments<'_>) -> Answer {
    let arrays = arguments.dynamics(0)?;
    arguments.make_strings(|row, text| {
        if let Some(bytes) = arrays.at(row).and_then(bytes) {
            STANDARD.encode_string(bytes, text);
        }
    })
}

fn bytes(text: &str) -> Option<Vec<u8>> {
    let Ok(Dynamic::Array(values)) = Dynamic::parse(text) else { return None };
    let byte = |value: &Dynamic| dynamic::long(value).and_then(|value| u8::try_from(value).ok());
    values.iter().map(byte).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, json, text};

    #[test]
    fn answers() {
        let cases: &[(&[Value], Value)] = &[
            (&[json(r#"[255]"#)], text("/w==")),
            (&[json(r#"[256]"#)], text("")),
            (&[Value::Null(Type::Dynamic)], text("")),
            (&[json(r#"[]"#)], text("")),
        ];
        check(&FUNCTION, &[Type::Dynamic], Type::String, cases);
    }
}
