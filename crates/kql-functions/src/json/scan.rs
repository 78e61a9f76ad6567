//! Skipping through JSON text.

use memchr::memchr;

/// Where the next token begins.
pub(super) fn skip_space(bytes: &[u8], mut at: usize) -> usize {
    while matches!(bytes.get(at), Some(b' ' | b'\n' | b'\r' | b'\t')) {
        at += 1;
    }
    at
}

/// The end of the value that begins at `at`; none where the text ends first.
pub(super) fn skip_value(bytes: &[u8], at: usize) -> Option<usize> {
    match bytes.get(at)? {
        b'"' => skip_string(bytes, at),
        b'{' | b'[' => skip_container(bytes, at),
        _ => {
            let is_end =
                |byte: &u8| matches!(byte, b',' | b'}' | b']' | b' ' | b'\n' | b'\r' | b'\t');
            match bytes.get(at..)?.iter().position(is_end) {
                // Nothing is no value: whoever goes from value to value would never get on.
                Some(0) => None,
                Some(length) => Some(at + length),
                None => Some(bytes.len()),
            }
        }
    }
}

/// The end of the string whose opening quote is at `at`.
pub(super) fn skip_string(bytes: &[u8], at: usize) -> Option<usize> {
    let mut from = at + 1;
    loop {
        let quote = from + memchr(b'"', bytes.get(from..)?)?;
        let slashes =
            bytes.get(from..quote)?.iter().rev().take_while(|byte| **byte == b'\\').count();
        if slashes % 2 == 0 {
            return Some(quote + 1);
        }
        from = quote + 1;
    }
}

fn skip_container(bytes: &[u8], mut at: usize) -> Option<usize> {
    let mut depth = 0usize;
    loop {
        match *bytes.get(at)? {
            b'"' => {
                at = skip_string(bytes, at)?;
                continue;
            }
            b'{' | b'[' => depth += 1,
            b'}' | b']' => {
                depth -= 1;
                if depth == 0 {
                    return Some(at + 1);
                }
            }
            _ => {}
        }
        at += 1;
    }
}

/// The values of an array, as the texts they are; none at all where the text is no array.
pub fn elements(text: &str) -> Elements<'_> {
    let at = skip_space(text.as_bytes(), 0);
    let is_array = text.as_bytes().get(at) == Some(&b'[');
    Elements { text, at: if is_array { at + 1 } else { text.len() } }
}

/// Goes through the values of an array.
pub struct Elements<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Iterator for Elements<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        let bytes = self.text.as_bytes();
        let start = skip_space(bytes, self.at);
        if matches!(bytes.get(start)?, b']') {
            return None;
        }
        let end = skip_value(bytes, start)?;
        self.at = skip_space(bytes, end);
        if bytes.get(self.at) == Some(&b',') {
            self.at += 1;
        }
        self.text.get(start..end)
    }
}

/// The keys of a bag, quoted and escaped as they stand there, and the texts of its values; none where the text is no bag.
pub fn entries(text: &str) -> Entries<'_> {
    let at = skip_space(text.as_bytes(), 0);
    let is_bag = text.as_bytes().get(at) == Some(&b'{');
    Entries { text, at: if is_bag { at + 1 } else { text.len() } }
}

/// Goes through the entries of a bag.
pub struct Entries<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Iterator for Entries<'a> {
    type Item = (&'a str, &'a str);

    fn next(&mut self) -> Option<(&'a str, &'a str)> {
        let bytes = self.text.as_bytes();
        let key_start = skip_space(bytes, self.at);
        if *bytes.get(key_start)? != b'"' {
            return None;
        }
        let key_end = skip_string(bytes, key_start)?;
        let start = value_start(bytes, key_end)?;
        let end = skip_value(bytes, start)?;
        self.at = skip_space(bytes, end);
        if bytes.get(self.at) == Some(&b',') {
            self.at += 1;
        }
        Some((self.text.get(key_start..key_end)?, self.text.get(start..end)?))
    }
}

/// Where the value begins whose key ends at `at`.
pub(super) fn value_start(bytes: &[u8], at: usize) -> Option<usize> {
    let colon = skip_space(bytes, at);
    if *bytes.get(colon)? != b':' {
        return None;
    }
    Some(skip_space(bytes, colon + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn walks_arrays() {
        let text = r#" [ 1, "a,]\"\\", {"k":[1,2]} ,[], null ]"#;
        let all: Vec<&str> = elements(text).collect();
        assert_eq!(all, ["1", r#""a,]\"\\""#, r#"{"k":[1,2]}"#, "[]", "null"]);
        assert_eq!(elements("[]").count() + elements("{}").count() + elements("").count(), 0);
    }

    #[test]
    fn walks_bags() {
        let text = r#"{"a" : 1, "b\"": {"c":"}"}}"#;
        let all: Vec<(&str, &str)> = entries(text).collect();
        assert_eq!(all, [("\"a\"", "1"), (r#""b\"""#, r#"{"c":"}"}"#)]);
        assert_eq!(entries("[]").count(), 0);
    }

    #[test]
    fn what_breaks_off_ends() {
        for text in [
            "[", "[1", "[\"", "[\"a", "[{", "[1,", "{", "{\"", "{\"a\"", "{\"a\":", "{\"a\":[",
            "[}", "{1",
        ] {
            assert!(elements(text).count() + entries(text).count() <= 1, "{text}");
        }
    }
}
