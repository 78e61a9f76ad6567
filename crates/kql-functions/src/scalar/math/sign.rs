//! `sign`: whether a number is negative, 0 or positive

use super::reals::map;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "sign",
    aliases: &[],
    help: "-1 for a negative number, 0 for 0, 1 for a positive one. Null of null.",
    examples: &[Example { query: "print v = sign(-5)", answer: &["v:real", "-1.0"] }],
    meaning: Meaning::Kernel(sign),
};

fn sign(arguments: &Arguments<'_>) -> Answer {
    map(arguments, |value| {
        if value > 0.0 {
            1.0
        } else if value < 0.0 {
            -1.0
        } else {
            value
        }
    })
}
