//! `url_encode_component`: a text as part of a URL.

use crate::operand::Texts;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "url_encode_component",
    aliases: &[],
    help: "A text with all characters but ASCII letters, digits and `-_.!*()` as `%` and their bytes in UTF-8, a space as `%20`.",
    examples: &[Example {
        query: "print v = url_encode_component('https://www.bing.com/hello world/')",
        answer: &["v:string", "https%3a%2f%2fwww.bing.com%2fhello%20world%2f"],
    }],
    meaning: Meaning::Kernel(url_encode_component),
};

fn url_encode_component(arguments: &Arguments<'_>) -> Answer {
    let source = Texts::new(arguments, 0)?;
    arguments.make_strings(|row, text| super::percent::encode(source.at(row), "%20", text))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, text};

    #[test]
    fn answers() {
        let cases: &[(&[Value], Value)] = &[(&[text("a b/é")], text("a%20b%2f%c3%a9"))];
        check(&FUNCTION, &[Type::String], Type::String, cases);
    }
}
