//! Kusto's `dynamic` values, and the text that columns hold them as.
//!
//! A dynamic column is JSON text. JSON has no datetimes, timespans, guids, decimals or infinities, and Kusto's dynamics
//! do; such a scalar is written as a string that begins with the raw byte [`TAG`] and a letter. Text from outside can
//! not hold that byte (JSON demands it escaped), so every JSON text means here what it means everywhere, and the text
//! shown to people is this one with the tags taken out ([`untagged`]).

use std::borrow::Cow;
use std::sync::Arc;

use crate::Decimal;

mod read;
mod write;

pub use read::{MAX_DEPTH, NotJson};

/// Begins the text of a scalar that JSON does not know.
pub const TAG: u8 = 0x01;

/// A dynamic value.
#[derive(Clone, Debug, PartialEq)]
pub enum Dynamic {
    /// `null`
    Null,
    /// `true`, `false`
    Bool(bool),
    /// A whole number that fits 64 bits.
    Long(i64),
    /// Any other number; tagged `r` where JSON can not write it (`NaN`, the infinities).
    Real(f64),
    /// Tagged `m`.
    Decimal(Decimal),
    /// A string.
    String(Arc<str>),
    /// Ticks; tagged `d`.
    DateTime(i64),
    /// Ticks; tagged `t`.
    TimeSpan(i64),
    /// Tagged `g`.
    Guid(u128),
    /// `[...]`
    Array(Vec<Dynamic>),
    /// `{...}`, in the order of first appearance; a key that comes twice holds its last value.
    Bag(Vec<(Arc<str>, Dynamic)>),
}

impl Dynamic {
    /// Reads JSON text, tags included.
    ///
    /// **Errors**: what is not JSON, or nests deeper than [`MAX_DEPTH`].
    pub fn parse(text: &str) -> Result<Self, NotJson> {
        read::parse(text)
    }

    /// The text that a column holds it as.
    #[must_use]
    pub fn to_text(&self) -> String {
        let mut text = String::new();
        write::write(self, &mut text);
        text
    }

    /// A `string`.
    #[must_use]
    pub fn string(text: &str) -> Self {
        Self::String(Arc::from(text))
    }
}

/// A column's text as JSON for the world: the tags taken out.
#[must_use]
pub fn untagged(text: &str) -> Cow<'_, str> {
    if !text.as_bytes().contains(&TAG) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len());
    let mut pieces = text.split(char::from(TAG));
    shown.push_str(pieces.next().unwrap_or(""));
    // Behind each tag stands its letter, which goes with it.
    pieces.for_each(|piece| shown.push_str(piece.get(1..).unwrap_or("")));
    Cow::Owned(shown)
}

/// What `tostring` makes of a column's text: a string as it is, any other value as JSON without spaces, null as "".
#[must_use]
pub fn to_string(text: &str) -> Cow<'_, str> {
    match text.as_bytes() {
        b"null" => Cow::Borrowed(""),
        [b'"', TAG, _, .., b'"'] => Cow::Borrowed(text.get(3..text.len() - 1).unwrap_or("")),
        [b'"', plain @ .., b'"'] if !plain.contains(&b'\\') => {
            Cow::Borrowed(&text[1..text.len() - 1])
        }
        [b'"', ..] => match Dynamic::parse(text) {
            Ok(Dynamic::String(value)) => Cow::Owned(value.to_string()),
            _ => untagged(text),
        },
        [b'[' | b'{', ..] => match without_spaces(text) {
            Some(Cow::Borrowed(text)) => untagged(text),
            Some(Cow::Owned(text)) => Cow::Owned(untagged(&text).into_owned()),
            None => rewritten(text),
        },
        [b'-' | b'0'..=b'9', rest @ ..] if rest.iter().any(|byte| matches!(byte, b'e' | b'E')) => {
            rewritten(text)
        }
        _ => Cow::Borrowed(text),
    }
}

/// JSON as it is written here, whatever the writer of the text liked.
fn rewritten(text: &str) -> Cow<'_, str> {
    match Dynamic::parse(text) {
        Ok(value) => Cow::Owned(untagged(&value.to_text()).into_owned()),
        Err(_) => untagged(text),
    }
}

/// JSON without the white space between its tokens; none where it has escapes or exponents that are written otherwise
/// here: `\u0027`, `\/`, `1e3`.
fn without_spaces(text: &str) -> Option<Cow<'_, str>> {
    let is_space = |byte: u8| matches!(byte, b' ' | b'\t' | b'\n' | b'\r');
    let mut shown = String::new();
    let (mut from, mut is_quoted, mut is_escaped, mut is_digit) = (0, false, false, false);
    for (at, byte) in text.bytes().enumerate() {
        if is_quoted {
            if is_escaped && matches!(byte, b'u' | b'/') {
                return None;
            }
            is_quoted = is_escaped || byte != b'"';
            is_escaped = !is_escaped && byte == b'\\';
        } else if is_space(byte) {
            shown.push_str(&text[from..at]);
            from = at + 1;
        } else {
            let is_exponent = matches!(byte, b'e' | b'E') && is_digit;
            if is_exponent {
                return None;
            }
            is_quoted = byte == b'"';
            is_digit = byte.is_ascii_digit();
        }
    }
    if from == 0 {
        return Some(Cow::Borrowed(text));
    }
    shown.push_str(&text[from..]);
    Some(Cow::Owned(shown))
}

pub use write::{write_key, write_string};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shows_as_tostring_does() {
        for (text, shown) in [
            ("null", ""),
            ("true", "true"),
            ("1.5", "1.5"),
            ("\"a b\"", "a b"),
            (r#""a\"b""#, "a\"b"),
            ("\"\u{1}t1.00:00:00\"", "1.00:00:00"),
            (r#"[1, "a, \" b", {"k" : 2}]"#, r#"[1,"a, \" b",{"k":2}]"#),
            ("[\"\u{1}rNaN\" ]", "[\"NaN\"]"),
            (r#"{"a":"it\u0027s","b":"\/"}"#, r#"{"a":"it's","b":"/"}"#),
            ("[1e3, true, 2.5E-3]", "[1000.0,true,0.0025]"),
            ("1e3", "1000.0"),
            (r#"["\\u0027"]"#, r#"["\\u0027"]"#),
        ] {
            assert_eq!(to_string(text), shown, "{text}");
        }
    }
}
