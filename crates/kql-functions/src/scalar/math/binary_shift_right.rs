//! `binary_shift_right`: the bits of a number moved to the right

use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "binary_shift_right",
    aliases: &[],
    help: "The bits of a number moved to the right by so many places, of which what is left of a division by \
           64 counts; null where that is negative.",
    examples: &[Example { query: "print v = binary_shift_right(8, 2)", answer: &["v:long", "2"] }],
    meaning: Meaning::Kernel(binary_shift_right),
};

fn binary_shift_right(arguments: &Arguments<'_>) -> Answer {
    let (values, places) = (arguments.longs(0)?, arguments.longs(1)?);
    arguments.make_longs(|row| {
        let places = places.at(row).filter(|places| *places >= 0)?;
        Some(values.at(row)? >> (places % 64))
    })
}
