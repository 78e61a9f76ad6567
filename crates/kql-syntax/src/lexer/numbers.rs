//! Tokens that begin with a digit, and guids without `guid(...)`.

use super::Piece;
use crate::keyword::{is_word_byte, word_length};
use crate::token::TokenKind;

/// A number, timespan or guid; an identifier may begin with digits too, and is none of these.
pub(super) fn number(text: &str) -> Option<Piece> {
    let first = *text.as_bytes().first()?;
    if is_word_byte(first) && is_guid(text) {
        return Some(Piece::new(TokenKind::RawGuid, GUID_LENGTH));
    }
    if !first.is_ascii_digit() {
        return None;
    }
    let ends = |length: &usize| !text.as_bytes().get(*length).copied().is_some_and(is_word_byte);
    let real = real_length(text).filter(ends).map(|length| (TokenKind::Real, length));
    let span = || timespan_length(text).map(|length| (TokenKind::TimeSpan, length));
    let long = || long_length(text).filter(ends).map(|length| (TokenKind::Long, length));
    let (kind, length) = real.or_else(span).or_else(long)?;
    Some(Piece::new(kind, length))
}

const GUID_LENGTH: usize = 36;

fn is_guid(text: &str) -> bool {
    let is_hyphen = |index| matches!(index, 8 | 13 | 18 | 23);
    text.len() >= GUID_LENGTH
        && text.bytes().take(GUID_LENGTH).enumerate().all(|(index, byte)| {
            if is_hyphen(index) { byte == b'-' } else { byte.is_ascii_hexdigit() }
        })
}

fn digits(text: &str) -> usize {
    text.bytes().take_while(u8::is_ascii_digit).count()
}

fn long_length(text: &str) -> Option<usize> {
    let hex = text.strip_prefix("0x").or_else(|| text.strip_prefix("0X"));
    let hex_digits = hex.map_or(0, |hex| hex.bytes().take_while(u8::is_ascii_hexdigit).count());
    Some(if hex_digits > 0 { 2 + hex_digits } else { digits(text) })
}

/// `1.5`, `1.`, `1e3`; but not the `1` of `1..2`.
fn real_length(text: &str) -> Option<usize> {
    let whole = digits(text);
    let behind = &text.as_bytes()[whole..];
    let is_fraction = match behind {
        [b'.', b'.', third, ..] => *third == b'.',
        [b'.', b'.'] => false,
        [b'.', ..] => true,
        _ => false,
    };
    if !is_fraction {
        return exponent_length(&text[whole..]).map(|exponent| whole + exponent);
    }
    let fraction = whole + 1 + digits(&text[whole + 1..]);
    Some(fraction + exponent_length(&text[fraction..]).unwrap_or(0))
}

fn exponent_length(text: &str) -> Option<usize> {
    let rest = text.strip_prefix(['e', 'E'])?;
    let unsigned = rest.strip_prefix(['+', '-']).unwrap_or(rest);
    let digits = digits(unsigned);
    (digits > 0).then(|| text.len() - unsigned.len() + digits)
}

/// `1d`, `2.5h`, `10minutes`.
fn timespan_length(text: &str) -> Option<usize> {
    let whole = digits(text);
    let fraction = text[whole..].strip_prefix('.').map_or(0, digits);
    let number = if fraction > 0 { whole + 1 + fraction } else { whole };
    let unit = &text[number..number + word_length(&text[number..])];
    UNITS.contains(&unit).then_some(number + unit.len())
}

const UNITS: &[&str] = &[
    "d",
    "day",
    "days",
    "h",
    "hr",
    "hrs",
    "hour",
    "hours",
    "m",
    "min",
    "minute",
    "minutes",
    "s",
    "sec",
    "second",
    "seconds",
    "ms",
    "milli",
    "millis",
    "millisec",
    "millisecond",
    "milliseconds",
    "micro",
    "micros",
    "microsec",
    "microsecond",
    "microseconds",
    "nano",
    "nanos",
    "nanosec",
    "nanosecond",
    "nanoseconds",
    "tick",
    "ticks",
];
