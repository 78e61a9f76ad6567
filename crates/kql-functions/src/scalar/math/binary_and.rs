//! `binary_and`: the bits that two numbers have in common

use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "binary_and",
    aliases: &[],
    help: "The bits that two numbers have in common; null where one is null.",
    examples: &[Example { query: "print v = binary_and(6, 3)", answer: &["v:long", "2"] }],
    meaning: Meaning::Kernel(binary_and),
};

fn binary_and(arguments: &Arguments<'_>) -> Answer {
    let (a, b) = (arguments.longs(0)?, arguments.longs(1)?);
    arguments.make_longs(|row| {
        let (a, b) = (a.at(row)?, b.at(row)?);
        Some(a & b)
    })
}
