//! `punycode_domain_from_string`: the domain name that Punycode holds.

use super::punycode;
use crate::operand::Texts;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "punycode_domain_from_string",
    aliases: &[],
    help: "A domain name with each part that begins with `xn--` as the text that it holds; \"\" where one holds none. (The name is the real engine's: it goes from the encoded form.)",
    examples: &[Example {
        query: "print v = punycode_domain_from_string('xn--Ge-mia.Bulg.edu')",
        answer: &["v:string", "Gáe.Bulg.edu"],
    }],
    meaning: Meaning::Kernel(punycode_domain_from_string),
};

fn punycode_domain_from_string(arguments: &Arguments<'_>) -> Answer {
    let source = Texts::new(arguments, 0)?;
    arguments.make_strings(|row, text| {
        if decode(source.at(row), text).is_none() {
            text.clear();
        }
    })
}

fn decode(domain: &str, text: &mut String) -> Option<()> {
    for (index, label) in domain.split('.').enumerate() {
        if index > 0 {
            text.push('.');
        }
        match label.get(..4).filter(|prefix| prefix.eq_ignore_ascii_case("xn--")) {
            Some(prefix) => text.push_str(&punycode::decode(label.get(prefix.len()..)?)?),
            None => text.push_str(label),
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
            (&[text("xn--Ry-lja8c.xn--Jng-uta63a.xn--Bng-9ka.com")], text("Rúyì.Jīngū.Bàng.com")),
            (&[text("a.b")], text("a.b")),
            (&[text("xn--é.b")], text("")),
        ];
        check(&FUNCTION, &[Type::String], Type::String, cases);
    }
}
