//! `isnan`: whether a number is NaN

use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "isnan",
    aliases: &[],
    help: "Whether a number is NaN; false where it is null.",
    examples: &[Example { query: "print v = isnan(0.0 / 0.0)", answer: &["v:bool", "True"] }],
    meaning: Meaning::Kernel(isnan),
};

fn isnan(arguments: &Arguments<'_>) -> Answer {
    let values = arguments.reals(0)?;
    arguments.make_bools(|row| Some(values.at(row).is_some_and(f64::is_nan)))
}
