//! `regex_quote`: a string as a regular expression that matches just it.

use crate::operand::Texts;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "regex_quote",
    aliases: &[],
    help: "A string with all characters escaped that mean something in a regular expression.",
    examples: &[Example {
        query: "print v = regex_quote('(so$me.Te^xt)')",
        answer: &["v:string", r"\(so\$me\.Te\^xt\)"],
    }],
    meaning: Meaning::Kernel(regex_quote),
};

fn regex_quote(arguments: &Arguments<'_>) -> Answer {
    let source = Texts::new(arguments, 0)?;
    arguments.make_strings(|row, text| text.push_str(&regex::escape(source.at(row))))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, text};

    #[test]
    fn escapes() {
        let cases: &[(&[Value], Value)] = &[
            (&[text("(so$me.Te^xt)")], text(r"\(so\$me\.Te\^xt\)")),
            (&[text(r"C:\a b")], text(r"C:\\a b")),
        ];
        check(&FUNCTION, &[Type::String], Type::String, cases);
    }
}
