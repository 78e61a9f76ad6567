//! `pi`: the number pi

use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "pi",
    aliases: &[],
    help: "The length around a circle divided by that across it.",
    examples: &[Example { query: "print v = round(pi(), 5)", answer: &["v:real", "3.14159"] }],
    meaning: Meaning::Kernel(pi),
};

fn pi(arguments: &Arguments<'_>) -> Answer {
    arguments.make_reals(|_| Some(std::f64::consts::PI))
}
