//! `string_size`: how much room a string takes.

use crate::operand::Texts;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "string_size",
    aliases: &[],
    help: "The number of bytes of a string in UTF-8. A dynamic is measured by its text.",
    examples: &[Example { query: "print n = string_size('härrier')", answer: &["n:long", "8"] }],
    meaning: Meaning::Kernel(string_size),
};

fn string_size(arguments: &Arguments<'_>) -> Answer {
    let source = Texts::new(arguments, 0)?;
    arguments.make_longs(|row| i64::try_from(source.at(row).len()).ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, text};

    #[test]
    fn counts_bytes() {
        let cases: &[(&[Value], Value)] =
            &[(&[text("А核")], Value::Long(5)), (&[text("")], Value::Long(0))];
        check(&FUNCTION, &[Type::String], Type::Long, cases);
    }
}
