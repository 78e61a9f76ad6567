//! JSON strings to text.

use std::borrow::Cow;

/// The text that a JSON string means, its quotes taken off before. A backslash that begins no escape stays: logs hold paths
/// that no one escaped.
pub(crate) fn unescape(raw: &str) -> Cow<'_, str> {
    let Some(first) = memchr::memchr(b'\\', raw.as_bytes()) else { return Cow::Borrowed(raw) };
    let mut text = String::with_capacity(raw.len());
    let (mut plain, mut rest) = raw.split_at(first);
    loop {
        text.push_str(plain);
        rest = rest.get(1..).unwrap_or("");
        rest = put_escape(rest, &mut text);
        match memchr::memchr(b'\\', rest.as_bytes()) {
            Some(next) => (plain, rest) = rest.split_at(next),
            None => {
                text.push_str(rest);
                return Cow::Owned(text);
            }
        }
    }
}

/// Writes what the escape means whose backslash stands before `rest`; gives what follows.
fn put_escape<'a>(rest: &'a str, text: &mut String) -> &'a str {
    let Some(c) = rest.chars().next() else {
        text.push('\\');
        return rest;
    };
    let behind = &rest[c.len_utf8()..];
    let meant = match c {
        '"' | '\\' | '/' => c,
        'n' => '\n',
        't' => '\t',
        'r' => '\r',
        'b' => '\u{8}',
        'f' => '\u{c}',
        'u' => match unicode(behind) {
            Some((meant, behind)) => {
                text.push(meant);
                return behind;
            }
            None => {
                text.push_str("\\u");
                return behind;
            }
        },
        _ => {
            text.push('\\');
            c
        }
    };
    text.push(meant);
    behind
}

/// The character of `XXXX` or of `XXXX\uXXXX`, a pair.
fn unicode(rest: &str) -> Option<(char, &str)> {
    let unit = |rest: &str| {
        let digits = rest.get(..4)?;
        digits
            .bytes()
            .all(|byte| byte.is_ascii_hexdigit())
            .then(|| u16::from_str_radix(digits, 16).ok())?
    };
    let first = unit(rest)?;
    let behind = &rest[4..];
    if let Some(c) = char::from_u32(u32::from(first)) {
        return Some((c, behind));
    }
    let second = behind.strip_prefix("\\u").and_then(unit);
    match second.and_then(|second| char::decode_utf16([first, second]).next()?.ok()) {
        Some(c) => Some((c, &behind[6..])),
        None => Some((char::REPLACEMENT_CHARACTER, behind)),
    }
}

#[cfg(test)]
mod tests {
    use super::unescape;

    #[test]
    fn escapes_are_read() {
        for (raw, text) in [
            ("plain", "plain"),
            (r#"a\"b\\c\/d"#, r#"a"b\c/d"#),
            (r"\n\t\r\b\f", "\n\t\r\u{8}\u{c}"),
            (r"\u00e9x", "éx"),
            (r"\ud83d\ude00!", "\u{1f600}!"),
            (r"\ud83d!", "\u{fffd}!"),
            (r"C:\Users\é", r"C:\Users\é"),
            (r"\u12", r"\u12"),
            (r"end\", r"end\"),
        ] {
            assert_eq!(unescape(raw), text, "{raw}");
        }
    }
}
