//! `isfinite`: whether a number is finite

use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "isfinite",
    aliases: &[],
    help: "Whether a number is finite; false where it is null.",
    examples: &[Example { query: "print v = isfinite(1.5)", answer: &["v:bool", "True"] }],
    meaning: Meaning::Kernel(isfinite),
};

fn isfinite(arguments: &Arguments<'_>) -> Answer {
    let values = arguments.reals(0)?;
    arguments.make_bools(|row| Some(values.at(row).is_some_and(f64::is_finite)))
}
