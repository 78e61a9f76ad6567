//! `unicode_codepoints_from_string`: a string as the numbers of its characters.

use crate::operand::Texts;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "unicode_codepoints_from_string",
    aliases: &["to_utf8"],
    help: "The Unicode code points of a string, as an array of numbers.",
    examples: &[Example {
        query: "print v = unicode_codepoints_from_string('Aé')",
        answer: &["v:dynamic", "[65,233]"],
    }],
    meaning: Meaning::Kernel(unicode_codepoints_from_string),
};

fn unicode_codepoints_from_string(arguments: &Arguments<'_>) -> Answer {
    let source = Texts::new(arguments, 0)?;
    arguments.make_dynamics(|row, text| {
        text.push('[');
        for c in source.at(row).chars() {
            if text.len() > 1 {
                text.push(',');
            }
            let _ = write!(text, "{}", u32::from(c));
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
    fn lists_code_points() {
        let cases: &[(&[Value], Value)] =
            &[(&[text("ק-😀")], json("[1511,45,128512]")), (&[text("")], json("[]"))];
        check(&FUNCTION, &[Type::String], Type::Dynamic, cases);
    }
}
