//! Which part of a string `indexof` and `indexof_regex` search.

use crate::arguments::Longs;
use crate::prelude::*;
use crate::text::chars;

/// What to search of one text.
pub(super) struct Search {
    /// The byte at which it begins; none beyond the text.
    pub(super) from: Option<usize>,
    /// How many code points may be looked at; none: all.
    pub(super) length: Option<usize>,
    /// Which place is asked for, from 1 on.
    pub(super) occurrence: usize,
}

/// The arguments behind the two strings: start, length, and which place.
pub(super) struct Ranges<'a>(Vec<Longs<'a>>);

impl<'a> Ranges<'a> {
    pub(super) fn new(arguments: &Arguments<'a>) -> Result<Self, KernelError> {
        (2..arguments.len()).map(|index| arguments.longs(index)).collect::<Result<_, _>>().map(Self)
    }

    /// What to search of a row's text; null where a number is null or makes no sense.
    pub(super) fn at(&self, row: usize, text: &str, from_end: bool) -> Option<Search> {
        let number = |index: usize, default| match self.0.get(index) {
            Some(values) => values.at(row),
            None => Some(default),
        };
        let (start, length, occurrence) = (number(0, 0)?, number(1, -1)?, number(2, 1)?);
        if length < -1 || (start < 0 && !from_end) {
            return None;
        }
        let occurrence = usize::try_from(occurrence).ok().filter(|number| *number > 0)?;
        let start = match usize::try_from(start) {
            Ok(start) => start,
            Err(_) => {
                let back = usize::try_from(start.unsigned_abs()).unwrap_or(usize::MAX);
                chars::count(text).saturating_sub(back)
            }
        };
        let length = usize::try_from(length).ok();
        Some(Search { from: chars::offset(text, start), length, occurrence })
    }
}

/// The number of the code point at a byte.
pub(super) fn position(text: &str, at: usize) -> Option<i64> {
    text.get(..at).and_then(|head| i64::try_from(chars::count(head)).ok())
}
