//! The patterns of `format_datetime` and `format_timespan`.

use kql_semantics::time::{TICKS_PER_HOUR, TICKS_PER_MINUTE, TICKS_PER_SECOND};

use crate::prelude::*;

/// A pattern, taken apart.
#[derive(Debug)]
pub(super) struct Pattern(Vec<Piece>);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Piece {
    /// A number of a kind, of at least so many digits.
    Number(Number, usize),
    /// So many digits behind the second; nothing for zeros where `is_short`.
    Fraction { digits: u32, is_short: bool },
    /// `AM` or `PM`.
    Half,
    /// As it stands.
    Plain(char),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Number {
    /// The whole year.
    Year,
    /// Its last two digits.
    ShortYear,
    Month,
    Day,
    Hour,
    /// 1 to 12.
    HalfHour,
    Minute,
    Second,
}

/// A point in time, or a length of time, in the parts that patterns show.
pub(super) struct Parts {
    pub(super) year: i64,
    pub(super) month: i64,
    pub(super) day: i64,
    /// Ticks within the day.
    pub(super) time: i64,
}

/// What a pattern is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shown {
    DateTime,
    TimeSpan,
}

impl Pattern {
    /// **Errors**: a letter that means nothing.
    pub(super) fn parse(text: &str, shown: Shown) -> Result<Self, KernelError> {
        let mut pieces = Vec::new();
        let mut rest = text.chars();
        while let Some(letter) = rest.clone().next() {
            let most = most(letter, shown);
            let count = rest.clone().take_while(|next| *next == letter).take(most.max(1)).count();
            let Some(piece) = piece(letter, count, shown) else {
                return Err(KernelError::new(format!(
                    "`{letter}` means nothing in the format `{text}`"
                )));
            };
            pieces.push(piece);
            rest.by_ref().take(count).for_each(drop);
        }
        Ok(Self(pieces))
    }

    /// Writes a time as the pattern shows it.
    pub(super) fn write(&self, parts: &Parts, text: &mut String) {
        let hour = parts.time / TICKS_PER_HOUR;
        for piece in &self.0 {
            // Writing to a string can not fail.
            let _ = match *piece {
                Piece::Plain(letter) => text.write_char(letter),
                Piece::Half => text.write_str(if hour < 12 { "AM" } else { "PM" }),
                Piece::Fraction { digits, is_short } => {
                    let fraction = parts.time % TICKS_PER_SECOND / 10i64.pow(7 - digits);
                    match (fraction, is_short) {
                        (0, true) => Ok(()),
                        _ => write!(text, "{fraction:0width$}", width = digits as usize),
                    }
                }
                Piece::Number(number, width) => {
                    let value = match number {
                        Number::Year => parts.year,
                        Number::ShortYear => parts.year % 100,
                        Number::Month => parts.month,
                        Number::Day => parts.day,
                        Number::Hour => hour,
                        Number::HalfHour => (hour + 11) % 12 + 1,
                        Number::Minute => parts.time / TICKS_PER_MINUTE % 60,
                        Number::Second => parts.time / TICKS_PER_SECOND % 60,
                    };
                    write!(text, "{value:0width$}")
                }
            };
        }
    }
}

/// How often a letter can stand in one piece.
fn most(letter: char, shown: Shown) -> usize {
    match letter {
        'd' if shown == Shown::TimeSpan => 8,
        'f' | 'F' => 7,
        'y' => 4,
        ' ' | '/' | '-' | ':' | ',' | '.' | '_' | '[' | ']' => 1,
        _ => 2,
    }
}

fn piece(letter: char, count: usize, shown: Shown) -> Option<Piece> {
    let number = |number| Some(Piece::Number(number, count));
    let is_date = shown == Shown::DateTime;
    match letter {
        'd' => number(Number::Day),
        'H' => number(Number::Hour),
        'h' if is_date => number(Number::HalfHour),
        'h' => number(Number::Hour),
        'm' => number(Number::Minute),
        's' => number(Number::Second),
        'f' | 'F' => {
            Some(Piece::Fraction { digits: u32::try_from(count).ok()?, is_short: letter == 'F' })
        }
        'M' if is_date => number(Number::Month),
        'y' if is_date && count == 4 => number(Number::Year),
        'y' if is_date && count <= 2 => number(Number::ShortYear),
        't' if is_date && count == 2 => Some(Piece::Half),
        ' ' | '/' | '-' | ':' | ',' | '.' | '_' | '[' | ']' => Some(Piece::Plain(letter)),
        _ => None,
    }
}

/// Writes texts by the pattern of the second argument, which is read once where it is constant.
pub(super) fn format(
    arguments: &Arguments<'_>,
    shown: Shown,
    write: impl Fn(&Pattern, i64, &mut String),
) -> Answer {
    let (times, patterns) = (arguments.longs(0)?, arguments.strings(1)?);
    let constant = match arguments.constant_string(1)? {
        Some(text) => Some(arguments.prepared(&[1], || Pattern::parse(text, shown))?),
        None => None,
    };
    let mut error = None;
    let answer = arguments.make_strings(|row, text| {
        let Some(ticks) = times.at(row) else { return };
        match &constant {
            Some(pattern) => write(pattern, ticks, text),
            None => match Pattern::parse(patterns.at(row), shown) {
                Ok(pattern) => write(&pattern, ticks, text),
                Err(found) => error = Some(found),
            },
        }
    })?;
    error.map_or(Ok(answer), Err)
}
