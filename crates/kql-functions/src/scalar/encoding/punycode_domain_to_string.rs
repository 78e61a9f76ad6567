//! `punycode_domain_to_string`: a domain name in Punycode.

use super::punycode;
use crate::operand::Texts;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "punycode_domain_to_string",
    aliases: &[],
    help: "A domain name with each part that is not ASCII in Punycode, with `xn--` before it. The full stops of Chinese and Japanese part it too, and become points. (The name is the real engine's: it goes to the encoded form.)",
    examples: &[Example {
        query: "print v = punycode_domain_to_string('Riðill｡Skáldskaparmál｡org')",
        answer: &["v:string", "xn--Riill-jta.xn--Skldskaparml-dbbj.org"],
    }],
    meaning: Meaning::Kernel(punycode_domain_to_string),
};

fn punycode_domain_to_string(arguments: &Arguments<'_>) -> Answer {
    let source = Texts::new(arguments, 0)?;
    arguments.make_strings(|row, text| {
        if encode(source.at(row), text).is_none() {
            text.clear();
        }
    })
}

fn encode(domain: &str, text: &mut String) -> Option<()> {
    // The points that RFC 3490 names.
    let labels = domain.split(['.', '\u{3002}', '\u{ff0e}', '\u{ff61}']);
    for (index, label) in labels.enumerate() {
        if index > 0 {
            text.push('.');
        }
        if label.is_ascii() {
            text.push_str(label);
        } else {
            text.push_str("xn--");
            text.push_str(&punycode::encode(label)?);
        }
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, text};

    #[test]
    fn answers() {
        let cases: &[(&[Value], Value)] = &[
            (
                &[text("Lê Lợi。Thuận Thiên。com")],
                text("xn--L Li-gpa4517b.xn--Thun Thin-s4a7194f.com"),
            ),
            (&[text("Kaledvoulc'h.Artorījos.edu")], text("Kaledvoulc'h.xn--Artorjos-ejb.edu")),
        ];
        check(&FUNCTION, &[Type::String], Type::String, cases);
    }
}
