//! `strlen`: how long a string is.

use crate::operand::Texts;
use crate::prelude::*;
use crate::text::chars;

pub(super) static FUNCTION: Function = Function {
    name: "strlen",
    aliases: &[],
    help: "The number of Unicode code points in a string. A dynamic is measured by its text.",
    examples: &[Example { query: "print n = strlen('härrier')", answer: &["n:long", "7"] }],
    meaning: Meaning::Kernel(strlen),
};

fn strlen(arguments: &Arguments<'_>) -> Answer {
    let source = Texts::new(arguments, 0)?;
    arguments.make_longs(|row| i64::try_from(chars::count(source.at(row))).ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, json, text};

    #[test]
    fn counts_code_points() {
        check(
            &FUNCTION,
            &[Type::String],
            Type::Long,
            &[
                (&[text("⒦⒰⒮⒯⒪")], Value::Long(5)),
                (&[text("emoji😀here")], Value::Long(10)),
                (&[text("")], Value::Long(0)),
            ],
        );
        check(&FUNCTION, &[Type::Dynamic], Type::Long, &[(&[json("\"ab\"")], Value::Long(2))]);
    }
}
