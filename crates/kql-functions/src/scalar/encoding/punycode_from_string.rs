//! `punycode_from_string`: a text in Punycode.

use crate::operand::Texts;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "punycode_from_string",
    aliases: &[],
    help: "A text in Punycode (RFC 3492), which has ASCII characters only. It has no `xn--` before it.",
    examples: &[Example {
        query: "print v = punycode_from_string('académie-française')",
        answer: &["v:string", "acadmie-franaise-npb1a"],
    }],
    meaning: Meaning::Kernel(punycode_from_string),
};

fn punycode_from_string(arguments: &Arguments<'_>) -> Answer {
    let source = Texts::new(arguments, 0)?;
    arguments.make_strings(|row, text| {
        if let Some(encoded) = super::punycode::encode(source.at(row)) {
            text.push_str(&encoded);
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
            &[(&[text("bücher")], text("bcher-kva")), (&[text("")], text(""))];
        check(&FUNCTION, &[Type::String], Type::String, cases);
    }
}
