//! Whether a text is JSON, told without building a tree.

use kql_semantics::dynamic::MAX_DEPTH;

use super::scan::skip_space;

/// What a text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// JSON as Kusto writes it, white space aside: it can stay as it is.
    Kept,
    /// JSON whose numbers or escapes are written otherwise than Kusto would.
    Rewritten,
    /// No JSON.
    Other,
}

/// Reads the text once and says what it is.
#[must_use]
pub fn form(text: &str) -> Form {
    let mut reader = Reader { bytes: text.as_bytes(), at: 0, is_kept: true };
    let is_json = reader.value().is_some() && {
        reader.at = skip_space(reader.bytes, reader.at);
        reader.at == text.len()
    };
    match (is_json, reader.is_kept) {
        (true, true) => Form::Kept,
        (true, false) => Form::Rewritten,
        (false, _) => Form::Other,
    }
}

struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
    is_kept: bool,
}

impl Reader<'_> {
    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    /// The next byte behind white space, stepped over.
    fn token(&mut self) -> Option<u8> {
        self.at = skip_space(self.bytes, self.at);
        let byte = self.peek()?;
        self.at += 1;
        Some(byte)
    }

    /// Reads a value; a bit of `bags` says for each open container whether it is a bag.
    fn value(&mut self) -> Option<()> {
        let (mut bags, mut depth) = (0u128, 0usize);
        loop {
            match self.token()? {
                open @ (b'{' | b'[') => {
                    depth += 1;
                    if depth > MAX_DEPTH {
                        return None;
                    }
                    bags = bags << 1 | u128::from(open == b'{');
                    let close = if open == b'{' { b'}' } else { b']' };
                    self.at = skip_space(self.bytes, self.at);
                    if self.peek()? != close {
                        if open == b'{' {
                            self.key()?;
                        }
                        continue;
                    }
                    self.at += 1;
                    bags >>= 1;
                    depth -= 1;
                }
                b'"' => self.string()?,
                b't' => self.word(b"rue")?,
                b'f' => self.word(b"alse")?,
                b'n' => self.word(b"ull")?,
                first => self.number(first)?,
            }
            // Behind a value: the end of containers, or the next value of one.
            loop {
                if depth == 0 {
                    return Some(());
                }
                let is_bag = bags & 1 == 1;
                match self.token()? {
                    b',' => {
                        if is_bag {
                            self.key()?;
                        }
                        break;
                    }
                    b'}' if is_bag => {}
                    b']' if !is_bag => {}
                    _ => return None,
                }
                bags >>= 1;
                depth -= 1;
            }
        }
    }

    /// Reads a key and its colon.
    fn key(&mut self) -> Option<()> {
        if self.token()? != b'"' {
            return None;
        }
        self.string()?;
        (self.token()? == b':').then_some(())
    }

    fn word(&mut self, rest: &[u8]) -> Option<()> {
        let end = self.at + rest.len();
        let is_it = self.bytes.get(self.at..end)? == rest;
        self.at = end;
        is_it.then_some(())
    }

    /// Reads a string behind its first quote.
    fn string(&mut self) -> Option<()> {
        loop {
            match self.peek()? {
                b'"' => {
                    self.at += 1;
                    return Some(());
                }
                b'\\' => {
                    let letter = *self.bytes.get(self.at + 1)?;
                    self.at += 2;
                    match letter {
                        b'"' | b'\\' | b'n' | b'r' | b't' | b'b' | b'f' => {}
                        b'/' => self.is_kept = false,
                        b'u' => {
                            let digits = self.bytes.get(self.at..self.at + 4)?;
                            if !digits.iter().all(u8::is_ascii_hexdigit) {
                                return None;
                            }
                            self.at += 4;
                            self.is_kept = false;
                        }
                        _ => return None,
                    }
                }
                0x00..=0x1f => return None,
                _ => self.at += 1,
            }
        }
    }

    fn number(&mut self, first: u8) -> Option<()> {
        let is_negative = first == b'-';
        if !is_negative {
            self.at -= 1;
        }
        let start = self.at;
        let whole = self.digits();
        if whole == 0 || (whole > 1 && self.bytes.get(start) == Some(&b'0')) {
            return None;
        }
        // What does not fit 64 bits becomes a double, and -0 is 0.
        self.is_kept &= whole < 19 && !(is_negative && self.bytes.get(start) == Some(&b'0'));
        if self.peek() == Some(b'.') {
            self.at += 1;
            let digits = self.digits();
            if digits == 0 {
                return None;
            }
            let is_padded = digits > 1 && self.bytes.get(self.at - 1) == Some(&b'0');
            self.is_kept &= !is_padded && whole + digits <= 15;
        }
        if matches!(self.peek(), Some(b'e' | b'E')) {
            self.at += 1;
            self.is_kept = false;
            if matches!(self.peek(), Some(b'+' | b'-')) {
                self.at += 1;
            }
            if self.digits() == 0 {
                return None;
            }
        }
        Some(())
    }

    fn digits(&mut self) -> usize {
        let start = self.at;
        while matches!(self.peek(), Some(b'0'..=b'9')) {
            self.at += 1;
        }
        self.at - start
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kql_semantics::Dynamic;

    #[test]
    fn agrees_with_the_reader_that_builds_trees() {
        for text in [
            "null",
            "true",
            "1",
            "-1.5",
            "\"a\"",
            "[]",
            "{}",
            " [1, {\"a\" : [true,null]}] ",
            "{\"a\":{\"b\":[]},\"c\":\"x\\\"\"}",
            "",
            " ",
            "[",
            "]",
            "[1,]",
            "[,1]",
            "[1 2]",
            "{\"a\"}",
            "{\"a\":}",
            "{\"a\":1,}",
            "{1:2}",
            "[}",
            "{]",
            "nul",
            "truee",
            "01",
            "1.",
            "-",
            ".5",
            "1e",
            "1e5",
            "\"a\nb\"",
            "\"\\x\"",
            "\"\\u12\"",
            "\"\\u1234\"",
            "'a'",
            "a",
            "[1]]",
            "1 1",
            "1.50",
            "-0",
            "12345678901234567890",
        ] {
            let is_json = Dynamic::parse(text).is_ok();
            assert_eq!(form(text) != Form::Other, is_json, "{text}");
        }
    }

    #[test]
    fn what_is_kept_is_what_would_be_written() {
        for text in ["1", "1.5", "[1.0,\"a\\n\"]", "{\"a\":-12}", "0.5"] {
            assert_eq!(form(text), Form::Kept, "{text}");
            assert_eq!(Dynamic::parse(text).unwrap().to_text(), text);
        }
        for text in ["1.50", "1e3", "\"\\u0041\"", "\"\\/\"", "-0", "[12345678901234567890]"] {
            assert_eq!(form(text), Form::Rewritten, "{text}");
        }
    }

    #[test]
    fn deep_nesting_is_refused_as_the_reader_does() {
        for depth in [100, MAX_DEPTH, MAX_DEPTH + 2, 100_000] {
            let text = "[".repeat(depth) + &"]".repeat(depth);
            assert_eq!(form(&text) != Form::Other, Dynamic::parse(&text).is_ok(), "{depth}");
        }
    }
}
