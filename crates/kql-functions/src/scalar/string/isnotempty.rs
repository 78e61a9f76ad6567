//! `isnotempty`: whether a value is neither "" nor null.

use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "isnotempty",
    aliases: &["notempty"],
    help: "Whether a value is neither the empty string nor null: the contrary of `isempty`.",
    examples: &[Example {
        query: "print a = isnotempty(''), b = isnotempty(' '), c = isnotempty(long(null))",
        answer: &["a:bool, b:bool, c:bool", "False, True, False"],
    }],
    meaning: Meaning::Kernel(isnotempty),
};

fn isnotempty(arguments: &Arguments<'_>) -> Answer {
    super::empty_rows(arguments, false)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, text};

    #[test]
    fn sees_something() {
        let (yes, no) = (Value::Bool(true), Value::Bool(false));
        let cases: &[(&[Value], Value)] = &[(&[text("")], no.clone()), (&[text("a")], yes.clone())];
        check(&FUNCTION, &[Type::String], Type::Bool, cases);
        let cases: &[(&[Value], Value)] =
            &[(&[Value::Null(Type::Real)], no), (&[Value::Real(f64::NAN)], yes)];
        check(&FUNCTION, &[Type::Real], Type::Bool, cases);
    }
}
