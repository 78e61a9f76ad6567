//! `base64_decode_toguid`: the guid that Base64 holds.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::operand::Texts;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "base64_decode_toguid",
    aliases: &[],
    help: "The guid whose 16 bytes, the first three groups from their last byte on, are written in Base64; null where it is no such thing.",
    examples: &[Example {
        query: "print v = base64_decode_toguid('JpbpECu8dUy7Pv5gbeJXAA==')",
        answer: &["v:guid", "10e99626-bc2b-4c75-bb3e-fe606de25700"],
    }],
    meaning: Meaning::Kernel(base64_decode_toguid),
};

fn base64_decode_toguid(arguments: &Arguments<'_>) -> Answer {
    let source = Texts::new(arguments, 0)?;
    arguments.make_guids(|row| {
        let bytes = STANDARD.decode(source.at(row)).ok()?;
        super::guid_bytes(u128::from_be_bytes(bytes.try_into().ok()?)).into()
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
                &[text("JpbpECu8dUy7Pv5gbeJXAA==")],
                Value::Guid(0x10e9_9626_bc2b_4c75_bb3e_fe60_6de2_5700),
            ),
            (&[text("abcd1231")], Value::Null(Type::Guid)),
        ];
        check(&FUNCTION, &[Type::String], Type::Guid, cases);
    }
}
