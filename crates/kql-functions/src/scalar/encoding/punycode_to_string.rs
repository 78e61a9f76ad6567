//! `punycode_to_string`: the text that Punycode holds.

use crate::operand::Texts;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "punycode_to_string",
    aliases: &[],
    help: "The text that is written in Punycode (RFC 3492); \"\" where it is none.",
    examples: &[Example {
        query: "print v = punycode_to_string('acadmie-franaise-npb1a')",
        answer: &["v:string", "académie-française"],
    }],
    meaning: Meaning::Kernel(punycode_to_string),
};

fn punycode_to_string(arguments: &Arguments<'_>) -> Answer {
    let source = Texts::new(arguments, 0)?;
    arguments.make_strings(|row, text| {
        if let Some(decoded) = super::punycode::decode(source.at(row)) {
            text.push_str(&decoded);
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, text};

    #[test]
    fn answers() {
        let cases: &[(&[Value], Value)] =
            &[(&[text("bcher-kva")], text("bücher")), (&[text("é")], text(""))];
        check(&FUNCTION, &[Type::String], Type::String, cases);
    }
}
