//! `series_fft`: a series as waves

use super::fourier::{Direction, transform_rows};
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "series_fft",
    aliases: &[],
    help: "The discrete Fourier transform of a series, and of the imaginary parts that a second one holds: \
           an array of the real and one of the imaginary parts. Null where an element is no number, or the lengths \
           differ.",
    examples: &[Example {
        query: "print (re, im) = series_fft(dynamic([1, 0, 0, 0]))",
        answer: &["re:dynamic, im:dynamic", "[1.0,1.0,1.0,1.0], [0.0,0.0,0.0,0.0]"],
    }],
    meaning: Meaning::Kernel(series_fft),
};

fn series_fft(arguments: &Arguments<'_>) -> Answer {
    transform_rows(arguments, Direction::Forward)
}
