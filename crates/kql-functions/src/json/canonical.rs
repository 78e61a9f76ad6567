//! Texts that are equal exactly where their values are.

use std::borrow::Cow;

use kql_semantics::Dynamic;
use kql_semantics::number::RealText;

/// The text of a value such that equal values have equal texts: `1.0` is `1`, `"\u0041"` is `"A"`.
#[must_use]
pub fn canonical(text: &str) -> Cow<'_, str> {
    match text.as_bytes().first() {
        Some(b'-' | b'0'..=b'9') => number(text),
        Some(b'"') if !text.contains('\\') => Cow::Borrowed(text),
        Some(b'"' | b'[' | b'{') => {
            Dynamic::parse(text).map_or(Cow::Borrowed(text), |value| Cow::Owned(value.to_text()))
        }
        _ => Cow::Borrowed(text),
    }
}

#[expect(clippy::cast_possible_truncation, reason = "whole and in range")]
fn number(text: &str) -> Cow<'_, str> {
    if !text.bytes().any(|byte| matches!(byte, b'.' | b'e' | b'E')) {
        return Cow::Borrowed(text);
    }
    match text.parse::<f64>() {
        Ok(value) if value.fract() == 0.0 && value.abs() < 9.2e18 => {
            Cow::Owned((value as i64).to_string())
        }
        Ok(value) => Cow::Owned(RealText(value).to_string()),
        Err(_) => Cow::Borrowed(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_values_have_equal_texts() {
        for (text, same) in [
            ("1.0", "1"),
            ("-2e1", "-20"),
            ("1.50", "1.5"),
            ("\"\\u0041\"", "\"A\""),
            ("[1, 2]", "[1,2]"),
            ("true", "true"),
            ("9007199254740993", "9007199254740993"),
        ] {
            assert_eq!(canonical(text), same);
        }
    }
}
