//! `binary_or`: the bits that either of two numbers has

use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "binary_or",
    aliases: &[],
    help: "The bits that either of two numbers has; null where one is null.",
    examples: &[Example { query: "print v = binary_or(5, 3)", answer: &["v:long", "7"] }],
    meaning: Meaning::Kernel(binary_or),
};

fn binary_or(arguments: &Arguments<'_>) -> Answer {
    let (a, b) = (arguments.longs(0)?, arguments.longs(1)?);
    arguments.make_longs(|row| {
        let (a, b) = (a.at(row)?, b.at(row)?);
        Some(a | b)
    })
}
