//! `isinf`: whether a number is infinite

use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "isinf",
    aliases: &[],
    help: "Whether a number is infinite; false where it is null.",
    examples: &[Example { query: "print v = isinf(1.0 / 0.0)", answer: &["v:bool", "True"] }],
    meaning: Meaning::Kernel(isinf),
};

fn isinf(arguments: &Arguments<'_>) -> Answer {
    let values = arguments.reals(0)?;
    arguments.make_bools(|row| Some(values.at(row).is_some_and(f64::is_infinite)))
}
