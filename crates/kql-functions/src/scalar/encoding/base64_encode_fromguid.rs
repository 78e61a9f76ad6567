//! `base64_encode_fromguid`: a guid in Base64.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "base64_encode_fromguid",
    aliases: &[],
    help: "The 16 bytes of a guid, the first three groups from their last byte on, written in Base64; \"\" for null.",
    examples: &[Example {
        query: "print v = base64_encode_fromguid(guid(ae3133f2-6e22-49ae-b06a-16e6a9b212eb))",
        answer: &["v:string", "8jMxriJurkmwahbmqbIS6w=="],
    }],
    meaning: Meaning::Kernel(base64_encode_fromguid),
};

fn base64_encode_fromguid(arguments: &Arguments<'_>) -> Answer {
    let guids = arguments.guids(0)?;
    arguments.make_strings(|row, text| {
        if let Some(guid) = guids.at(row) {
            STANDARD.encode_string(super::guid_bytes(guid).to_be_bytes(), text);
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
            (
                &[Value::Guid(0xae31_33f2_6e22_49ae_b06a_16e6_a9b2_12eb)],
                text("8jMxriJurkmwahbmqbIS6w=="),
            ),
            (&[Value::Null(Type::Guid)], text("")),
        ];
        check(&FUNCTION, &[Type::Guid], Type::String, cases);
    }
}
