//! `url_decode`: what a part of a URL says.

use crate::operand::Texts;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "url_decode",
    aliases: &[],
    help: "A text with each `%` and two hexadecimal digits as the byte they stand for, and each `+` as a space. Bytes that are no UTF-8 become `\u{fffd}`.",
    examples: &[Example {
        query: "print v = url_decode('hello%20w%c3%b6rld')",
        answer: &["v:string", "hello wörld"],
    }],
    meaning: Meaning::Kernel(url_decode),
};

fn url_decode(arguments: &Arguments<'_>) -> Answer {
    let source = Texts::new(arguments, 0)?;
    arguments.make_strings(|row, text| super::percent::decode(source.at(row), text))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, text};

    #[test]
    fn answers() {
        let cases: &[(&[Value], Value)] = &[
            (&[text("a+b%26%C3%A9")], text("a b&é")),
            (&[text("100%")], text("100%")),
            (&[text("%zz%4")], text("%zz%4")),
            (&[text("%ff")], text("�")),
        ];
        check(&FUNCTION, &[Type::String], Type::String, cases);
    }
}
