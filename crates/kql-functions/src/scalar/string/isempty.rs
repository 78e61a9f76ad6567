//! `isempty`: whether a value is "" or null.

use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "isempty",
    aliases: &[],
    help: "Whether a value is the empty string or null. A dynamic is empty where `tostring` makes it so.",
    examples: &[Example {
        query: "print a = isempty(''), b = isempty(' '), c = isempty(long(null))",
        answer: &["a:bool, b:bool, c:bool", "True, False, True"],
    }],
    meaning: Meaning::Kernel(isempty),
};

fn isempty(arguments: &Arguments<'_>) -> Answer {
    super::empty_rows(arguments, true)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, json, text};

    #[test]
    fn sees_nothing() {
        let (yes, no) = (Value::Bool(true), Value::Bool(false));
        check(
            &FUNCTION,
            &[Type::String],
            Type::Bool,
            &[(&[text("")], yes.clone()), (&[text(" ")], no.clone())],
        );
        check(
            &FUNCTION,
            &[Type::Long],
            Type::Bool,
            &[(&[Value::Null(Type::Long)], yes.clone()), (&[Value::Long(0)], no.clone())],
        );
        check(
            &FUNCTION,
            &[Type::Dynamic],
            Type::Bool,
            &[
                (&[Value::Null(Type::Dynamic)], yes.clone()),
                (&[json("\"\"")], yes),
                (&[json("[]")], no.clone()),
                (&[json("\"a\"")], no),
            ],
        );
    }
}
