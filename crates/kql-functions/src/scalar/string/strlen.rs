//! `strlen`: how long a string is.

use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "strlen",
    aliases: &[],
    help: "The number of Unicode code points in a string. A dynamic is measured by its text.",
    examples: &[Example { query: "print n = strlen('härrier')", answer: &["n:long", "7"] }],
    meaning: Meaning::Kernel(strlen),
};

fn strlen(arguments: &Arguments<'_>) -> Answer {
    let source = arguments.strings(0)?;
    arguments.make_longs(|row| i64::try_from(source.at(row).chars().count()).ok())
}
