//! `binary_xor`: the bits that one of two numbers has

use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "binary_xor",
    aliases: &[],
    help: "The bits that one of two numbers has; null where one is null.",
    examples: &[Example { query: "print v = binary_xor(5, 3)", answer: &["v:long", "6"] }],
    meaning: Meaning::Kernel(binary_xor),
};

fn binary_xor(arguments: &Arguments<'_>) -> Answer {
    let (a, b) = (arguments.longs(0)?, arguments.longs(1)?);
    arguments.make_longs(|row| {
        let (a, b) = (a.at(row)?, b.at(row)?);
        Some(a ^ b)
    })
}
