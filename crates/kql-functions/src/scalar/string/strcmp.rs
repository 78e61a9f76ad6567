//! `strcmp`: which of two strings comes first.

use crate::operand::Texts;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "strcmp",
    aliases: &[],
    help: "0 where two strings are the same, -1 where the first comes before the second by their code points, 1 where it \
           comes behind it.",
    examples: &[Example { query: "print n = strcmp('abc', 'ABC')", answer: &["n:long", "1"] }],
    meaning: Meaning::Kernel(strcmp),
};

fn strcmp(arguments: &Arguments<'_>) -> Answer {
    let (a, b) = (Texts::new(arguments, 0)?, Texts::new(arguments, 1)?);
    arguments.make_longs(|row| Some(a.at(row).cmp(b.at(row)) as i64))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, text};

    #[test]
    fn compares() {
        check(
            &FUNCTION,
            &[Type::String, Type::String],
            Type::Long,
            &[
                (&[text("ABC"), text("ABC")], Value::Long(0)),
                (&[text("ABC"), text("abc")], Value::Long(-1)),
                (&[text("abcde"), text("abc")], Value::Long(1)),
            ],
        );
    }
}
