//! Where a JSON value ends, without building it.
//!
//! The same code finds the values of the first pass and of the scans, so both take and refuse the same records.

use kql_semantics::dynamic::MAX_DEPTH;

/// What a value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Null,
    Bool,
    Number,
    /// Its quotes included; whether there are escapes in it.
    String {
        is_escaped: bool,
    },
    /// An array or an object.
    Nested,
}

/// What is wrong with a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Flaw {
    #[error("the record ends inside a value")]
    Ends,
    #[error("not a JSON value")]
    NoValue,
    #[error("a key, a colon, a comma or the end of an object is missing")]
    NoObject,
    #[error("nests deeper than {MAX_DEPTH} levels")]
    TooDeep,
    #[error("not an object")]
    NotAnObject,
}

/// Skips white space.
pub(crate) fn skip_space(bytes: &[u8], mut at: usize) -> usize {
    while let Some(b' ' | b'\n' | b'\r' | b'\t') = bytes.get(at) {
        at += 1;
    }
    at
}

/// Finds the end of the value that begins at `at`.
pub(crate) fn end_of_value(bytes: &[u8], at: usize) -> Result<(Kind, usize), Flaw> {
    match bytes.get(at) {
        Some(b'{' | b'[') => end_of_nested(bytes, at).map(|end| (Kind::Nested, end)),
        Some(_) => end_of_scalar(bytes, at),
        None => Err(Flaw::Ends),
    }
}

fn end_of_scalar(bytes: &[u8], at: usize) -> Result<(Kind, usize), Flaw> {
    match bytes.get(at) {
        Some(b'"') => {
            let (end, is_escaped) = end_of_string(bytes, at + 1)?;
            Ok((Kind::String { is_escaped }, end))
        }
        Some(b'-' | b'0'..=b'9') => {
            let is_part =
                |byte: &u8| matches!(byte, b'0'..=b'9' | b'.' | b'-' | b'+' | b'e' | b'E');
            let length = bytes
                .get(at..)
                .map_or(0, |rest| rest.iter().take_while(|byte| is_part(byte)).count());
            Ok((Kind::Number, at + length))
        }
        Some(b't') => word(bytes, at, b"true").map(|end| (Kind::Bool, end)),
        Some(b'f') => word(bytes, at, b"false").map(|end| (Kind::Bool, end)),
        Some(b'n') => word(bytes, at, b"null").map(|end| (Kind::Null, end)),
        Some(_) => Err(Flaw::NoValue),
        None => Err(Flaw::Ends),
    }
}

fn word(bytes: &[u8], at: usize, word: &[u8]) -> Result<usize, Flaw> {
    let rest = bytes.get(at..).unwrap_or_default();
    if rest.starts_with(word) {
        Ok(at + word.len())
    } else if word.starts_with(rest) {
        Err(Flaw::Ends)
    } else {
        Err(Flaw::NoValue)
    }
}

/// The end of a string, behind its closing quote, and whether it has escapes; `at` is behind its opening quote.
pub(crate) fn end_of_string(bytes: &[u8], mut at: usize) -> Result<(usize, bool), Flaw> {
    let mut is_escaped = false;
    loop {
        let rest = bytes.get(at..).ok_or(Flaw::Ends)?;
        let found = memchr::memchr2(b'"', b'\\', rest).ok_or(Flaw::Ends)?;
        at += found + 1;
        if rest.get(found) == Some(&b'"') {
            return Ok((at, is_escaped));
        }
        is_escaped = true;
        at += 1;
    }
}

/// What may come next within an array or object.
enum Next {
    Value,
    ValueOrEnd,
    Key,
    KeyOrEnd,
    CommaOrEnd,
}

fn end_of_nested(bytes: &[u8], start: usize) -> Result<usize, Flaw> {
    // A bit a level: whether it is an object. The levels are at most as many as bits.
    let (mut objects, mut depth) = (0u128, 0usize);
    let mut at = start;
    let mut next = Next::Value;
    loop {
        at = skip_space(bytes, at);
        let byte = *bytes.get(at).ok_or(Flaw::Ends)?;
        let is_object = objects & 1 == 1;
        match (&next, byte) {
            (Next::Value | Next::ValueOrEnd, b'{' | b'[') => {
                if depth == MAX_DEPTH {
                    return Err(Flaw::TooDeep);
                }
                depth += 1;
                objects = objects << 1 | u128::from(byte == b'{');
                next = if byte == b'{' { Next::KeyOrEnd } else { Next::ValueOrEnd };
                at += 1;
            }
            (Next::KeyOrEnd, b'}') | (Next::ValueOrEnd, b']') | (Next::CommaOrEnd, b'}' | b']') => {
                if is_object != (byte == b'}') {
                    return Err(Flaw::NoObject);
                }
                at += 1;
                depth -= 1;
                if depth == 0 {
                    return Ok(at);
                }
                objects >>= 1;
                next = Next::CommaOrEnd;
            }
            (Next::Key | Next::KeyOrEnd, b'"') => {
                at = skip_space(bytes, end_of_string(bytes, at + 1)?.0);
                match bytes.get(at) {
                    Some(b':') => at += 1,
                    Some(_) => return Err(Flaw::NoObject),
                    None => return Err(Flaw::Ends),
                }
                next = Next::Value;
            }
            (Next::CommaOrEnd, b',') => {
                at += 1;
                next = if is_object { Next::Key } else { Next::Value };
            }
            (Next::Value | Next::ValueOrEnd, _) => {
                at = end_of_scalar(bytes, at)?.1;
                next = Next::CommaOrEnd;
            }
            (Next::Key | Next::KeyOrEnd | Next::CommaOrEnd, _) => return Err(Flaw::NoObject),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_end_where_json_says() {
        for text in [
            "null",
            "true",
            "-1.5e3",
            "\"\"",
            "\"a\\\"b\\\\\"",
            "[]",
            "{}",
            "[1,[2,{\"a\":[]}],\"]\"]",
            "{ \"a\" : { \"b\" : [ 1 , 2 ] } , \"c\" : null }",
        ] {
            let behind = format!("{text} ,");
            assert_eq!(
                end_of_value(behind.as_bytes(), 0).map(|(_, end)| end),
                Ok(text.len()),
                "{text}"
            );
        }
    }

    #[test]
    fn what_is_no_value_is_told() {
        for (text, flaw) in [
            ("", Flaw::Ends),
            ("tru", Flaw::Ends),
            ("trux", Flaw::NoValue),
            ("\"a", Flaw::Ends),
            ("\"a\\", Flaw::Ends),
            ("[1,", Flaw::Ends),
            ("[1 2]", Flaw::NoObject),
            ("{\"a\" 1}", Flaw::NoObject),
            ("{\"a\":}", Flaw::NoValue),
            ("[1}", Flaw::NoObject),
            ("{\"a\":1]", Flaw::NoObject),
            ("nope", Flaw::NoValue),
        ] {
            assert_eq!(end_of_value(text.as_bytes(), 0), Err(flaw), "{text}");
        }
        let deep = "[".repeat(100_000);
        assert_eq!(end_of_value(deep.as_bytes(), 0), Err(Flaw::TooDeep));
        let just = format!("{}{}", "[".repeat(MAX_DEPTH), "]".repeat(MAX_DEPTH));
        assert_eq!(end_of_value(just.as_bytes(), 0), Ok((Kind::Nested, just.len())));
    }
}
