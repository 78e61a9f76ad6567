//! `binary_not`: the other bits

use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "binary_not",
    aliases: &[],
    help: "All bits of a number turned around; null where it is null.",
    examples: &[Example { query: "print v = binary_not(100)", answer: &["v:long", "-101"] }],
    meaning: Meaning::Kernel(binary_not),
};

fn binary_not(arguments: &Arguments<'_>) -> Answer {
    let values = arguments.longs(0)?;
    arguments.make_longs(|row| values.at(row).map(|value| !value))
}
