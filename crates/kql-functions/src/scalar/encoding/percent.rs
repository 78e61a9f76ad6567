//! Characters of a URL as `%` and hexadecimal digits.

use std::fmt::Write;

/// Writes a text with all but the few safe characters escaped, in small letters.
pub(super) fn encode(source: &str, space: &str, text: &mut String) {
    for byte in source.bytes() {
        match byte {
            b' ' => text.push_str(space),
            b'-' | b'_' | b'.' | b'!' | b'*' | b'(' | b')' => text.push(char::from(byte)),
            _ if byte.is_ascii_alphanumeric() => text.push(char::from(byte)),
            _ => {
                // Writing to a string can not fail.
                let _ = write!(text, "%{byte:02x}");
            }
        }
    }
}

/// Writes a text with all escaped characters as they are.
pub(super) fn decode(source: &str, text: &mut String) {
    if !source.contains(['%', '+']) {
        return text.push_str(source);
    }
    let spaced = source.replace('+', " ");
    text.push_str(&percent_encoding::percent_decode_str(&spaced).decode_utf8_lossy());
}
