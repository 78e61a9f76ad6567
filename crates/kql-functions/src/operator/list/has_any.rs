//! `has_any`: any of several terms within a string.

use super::find;
use crate::prelude::*;
use crate::text::needles::Needles;

pub(super) static FUNCTION: Function = Function {
    name: "has_any",
    aliases: &[],
    help: "Whether one at least of several strings stands in the left one as whole terms, in any case. It is `has` for \
           each of them, at the cost of about one.",
    examples: &[Example {
        query: "print v = 'powershell -enc AAAA' has_any ('-e', '-enc')",
        answer: &["v:bool", "True"],
    }],
    meaning: Meaning::Kernel(has_any),
};

fn has_any(arguments: &Arguments<'_>) -> Answer {
    find(arguments, Needles::new, Needles::rows)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, json, text};

    #[test]
    fn finds_any() {
        let (yes, no) = (Value::Bool(true), Value::Bool(false));
        check(
            &FUNCTION,
            &[Type::String, Type::Dynamic],
            Type::Bool,
            &[
                (&[text("an example"), json(r#"["not","EXAMPLE"]"#)], yes.clone()),
                (&[text("examples"), json(r#"["not","example"]"#)], no.clone()),
                (&[text("number 2"), json("[1,2,3]")], yes.clone()),
                (&[text("x"), json("[]")], no.clone()),
                (&[text(""), json(r#"[""]"#)], yes.clone()),
            ],
        );
        check(
            &FUNCTION,
            &[Type::Dynamic, Type::Dynamic],
            Type::Bool,
            &[
                (&[json("\"x\""), json(r#"["X"]"#)], yes.clone()),
                (&[json(r#"{"a":"x"}"#), json(r#"["a"]"#)], yes),
                (&[Value::Null(Type::Dynamic), json(r#"["a"]"#)], no),
            ],
        );
    }
}
