//! `isascii`: whether a string is plain ASCII.

use crate::operand::Texts;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "isascii",
    aliases: &[],
    help: "Whether all characters of a value, as `tostring` writes it, are ASCII.",
    examples: &[Example {
        query: "print a = isascii('some string'), b = isascii('härrier')",
        answer: &["a:bool, b:bool", "True, False"],
    }],
    meaning: Meaning::Kernel(isascii),
};

fn isascii(arguments: &Arguments<'_>) -> Answer {
    let source = Texts::new(arguments, 0)?;
    arguments.make_bools(|row| Some(source.at(row).is_ascii()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, text};

    #[test]
    fn tells_ascii() {
        let cases: &[(&[Value], Value)] =
            &[(&[text("a")], Value::Bool(true)), (&[text("é")], Value::Bool(false))];
        check(&FUNCTION, &[Type::String], Type::Bool, cases);
    }
}
