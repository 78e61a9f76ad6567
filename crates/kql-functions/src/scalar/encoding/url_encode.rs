//! `url_encode`: a text as part of a URL, a space as `+`.

use crate::operand::Texts;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "url_encode",
    aliases: &[],
    help: "A text with all characters but ASCII letters, digits and `-_.!*()` as `%` and their bytes in UTF-8; a space becomes `+`.",
    examples: &[Example {
        query: "print v = url_encode('https://www.bing.com/hello world')",
        answer: &["v:string", "https%3a%2f%2fwww.bing.com%2fhello+world"],
    }],
    meaning: Meaning::Kernel(url_encode),
};

fn url_encode(arguments: &Arguments<'_>) -> Answer {
    let source = Texts::new(arguments, 0)?;
    arguments.make_strings(|row, text| super::percent::encode(source.at(row), "+", text))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, text};

    #[test]
    fn answers() {
        let cases: &[(&[Value], Value)] =
            &[(&[text("a b&é-_.~")], text("a+b%26%c3%a9-_.%7e")), (&[text("")], text(""))];
        check(&FUNCTION, &[Type::String], Type::String, cases);
    }
}
