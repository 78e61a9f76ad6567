//! `bitset_count_ones`: how many bits are set

use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "bitset_count_ones",
    aliases: &[],
    help: "How many bits of a number are 1.",
    examples: &[Example { query: "print v = bitset_count_ones(42)", answer: &["v:long", "3"] }],
    meaning: Meaning::Kernel(bitset_count_ones),
};

fn bitset_count_ones(arguments: &Arguments<'_>) -> Answer {
    let values = arguments.longs(0)?;
    arguments.make_longs(|row| values.at(row).map(|value| value.count_ones().into()))
}
