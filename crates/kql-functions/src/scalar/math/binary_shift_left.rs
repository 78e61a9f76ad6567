//! `binary_shift_left`: the bits of a number moved to the left

use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "binary_shift_left",
    aliases: &[],
    help: "The bits of a number moved to the left by so many places, of which what is left of a division by \
           64 counts; null where that is negative.",
    examples: &[Example { query: "print v = binary_shift_left(8, 2)", answer: &["v:long", "32"] }],
    meaning: Meaning::Kernel(binary_shift_left),
};

fn binary_shift_left(arguments: &Arguments<'_>) -> Answer {
    let (values, places) = (arguments.longs(0)?, arguments.longs(1)?);
    arguments.make_longs(|row| {
        let places = places.at(row).filter(|places| *places >= 0)?;
        Some(values.at(row)? << (places % 64))
    })
}
