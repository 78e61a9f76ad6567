//! `base64_decode_toarray`: the bytes that Base64 holds.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::operand::Texts;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "base64_decode_toarray",
    aliases: &[],
    help: "The bytes that are written in Base64, as an array of numbers; null where it is no Base64.",
    examples: &[Example {
        query: "print v = base64_decode_toarray('S3VzdG8=')",
        answer: &["v:dynamic", "[75,117,115,116,111]"],
    }],
    meaning: Meaning::Kernel(base64_decode_toarray),
};

fn base64_decode_toarray(arguments: &Arguments<'_>) -> Answer {
    let source = Texts::new(arguments, 0)?;
    let mut bytes = Vec::new();
    arguments.make_dynamics(|row, text| {
        bytes.clear();
        if STANDARD.decode_vec(source.at(row), &mut bytes).is_err() {
            return false;
        }
        text.push('[');
        for (index, byte) in bytes.iter().enumerate() {
            let comma = if index == 0 { "" } else { "," };
            let _ = write!(text, "{comma}{byte}");
        }
        text.push(']');
        true
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, json, text};

    #[test]
    fn answers() {
        let cases: &[(&[Value], Value)] = &[
            (&[text("/w==")], json(r#"[255]"#)),
            (&[text("U3RyaW5n0KHR0tGA0L7Rh9C60LA")], Value::Null(Type::Dynamic)),
        ];
        check(&FUNCTION, &[Type::String], Type::Dynamic, cases);
    }
}
