//! `series_ifft`: waves as a series

use super::fourier::{Direction, transform_rows};
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "series_ifft",
    aliases: &[],
    help: "The inverse discrete Fourier transform of a series of real parts, and of the imaginary parts that \
           a second one holds: an array of the real and one of the imaginary parts. Null where an element is no \
           number, or the lengths differ.",
    examples: &[Example {
        query: "print (re, im) = series_ifft(dynamic([1, 1, 1, 1])) | project re",
        answer: &["re:dynamic", "[1.0,0.0,0.0,0.0]"],
    }],
    meaning: Meaning::Kernel(series_ifft),
};

fn series_ifft(arguments: &Arguments<'_>) -> Answer {
    transform_rows(arguments, Direction::Inverse)
}
