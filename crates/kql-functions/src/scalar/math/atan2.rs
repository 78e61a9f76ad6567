//! `atan2`: the angle of a point

use crate::prelude::*;
use arrow::datatypes::Float64Type;

pub(super) static FUNCTION: Function = Function {
    name: "atan2",
    aliases: &[],
    help: "The angle, in radians, between the x axis and the line to the point (x, y): y comes first.",
    examples: &[Example {
        query: "print v = round(atan2(1, 1), 6)",
        answer: &["v:real", "0.785398"],
    }],
    meaning: Meaning::Kernel(atan2),
};

fn atan2(arguments: &Arguments<'_>) -> Answer {
    let (y, x) = (arguments.real_array(0)?, arguments.real_array(1)?);
    arguments.zip::<Float64Type, Float64Type, Float64Type>(&y, &x, f64::atan2)
}
