//! Searching in strings: folding of case, terms, needles over whole batches, lists of needles, patterns.

pub mod chars;
pub mod fold;
pub mod needle;
pub mod needles;
pub mod pattern;
pub mod rows;
pub mod term;
