//! Text to dynamic values.

use std::collections::HashMap;
use std::sync::Arc;

use super::{Dynamic, TAG};
use crate::{time, value};

/// How deep arrays and bags may nest.
pub const MAX_DEPTH: usize = 128;

/// A text that is not JSON, and the byte where that shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotJson {
    /// Byte offset.
    pub at: usize,
}

pub(super) fn parse(text: &str) -> Result<Dynamic, NotJson> {
    let mut reader = Reader { text, bytes: text.as_bytes(), at: 0 };
    let value = reader.value(0)?;
    reader.skip_space();
    if reader.at == text.len() { Ok(value) } else { Err(reader.error()) }
}

struct Reader<'a> {
    text: &'a str,
    bytes: &'a [u8],
    at: usize,
}

impl Reader<'_> {
    fn error(&self) -> NotJson {
        NotJson { at: self.at }
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn skip_space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    fn eat(&mut self, byte: u8) -> bool {
        self.skip_space();
        let found = self.peek() == Some(byte);
        self.at += usize::from(found);
        found
    }

    fn expect(&mut self, byte: u8) -> Result<(), NotJson> {
        if self.eat(byte) { Ok(()) } else { Err(self.error()) }
    }

    fn value(&mut self, depth: usize) -> Result<Dynamic, NotJson> {
        if depth > MAX_DEPTH {
            return Err(self.error());
        }
        self.skip_space();
        match self.peek() {
            Some(b'{') => self.bag(depth),
            Some(b'[') => self.array(depth),
            Some(b'"') => self.string_or_tagged(),
            Some(b'-' | b'0'..=b'9') => self.number(),
            _ => self.word(),
        }
    }

    fn word(&mut self) -> Result<Dynamic, NotJson> {
        let rest = &self.bytes[self.at..];
        for (word, value) in [
            ("null", Dynamic::Null),
            ("true", Dynamic::Bool(true)),
            ("false", Dynamic::Bool(false)),
        ] {
            if rest.starts_with(word.as_bytes()) {
                self.at += word.len();
                return Ok(value);
            }
        }
        Err(self.error())
    }

    fn array(&mut self, depth: usize) -> Result<Dynamic, NotJson> {
        self.expect(b'[')?;
        let mut values = Vec::new();
        if self.eat(b']') {
            return Ok(Dynamic::Array(values));
        }
        loop {
            values.push(self.value(depth + 1)?);
            if !self.eat(b',') {
                self.expect(b']')?;
                return Ok(Dynamic::Array(values));
            }
        }
    }

    fn bag(&mut self, depth: usize) -> Result<Dynamic, NotJson> {
        self.expect(b'{')?;
        let mut entries: Vec<(Arc<str>, Dynamic)> = Vec::new();
        // Looking back through the entries is quicker while there are few of them.
        let mut places: HashMap<Arc<str>, usize> = HashMap::new();
        if self.eat(b'}') {
            return Ok(Dynamic::Bag(entries));
        }
        loop {
            self.skip_space();
            let key: Arc<str> = Arc::from(self.string()?);
            self.expect(b':')?;
            let value = self.value(depth + 1)?;
            if entries.len() == 16 {
                places =
                    entries.iter().enumerate().map(|(at, (key, _))| (key.clone(), at)).collect();
            }
            let place = if entries.len() < 16 {
                entries.iter().position(|(known, _)| *known == key)
            } else {
                places.get(&key).copied()
            };
            match place {
                Some(at) => entries[at].1 = value,
                None => {
                    if entries.len() >= 16 {
                        places.insert(key.clone(), entries.len());
                    }
                    entries.push((key, value));
                }
            }
            if !self.eat(b',') {
                self.expect(b'}')?;
                return Ok(Dynamic::Bag(entries));
            }
        }
    }

    fn number(&mut self) -> Result<Dynamic, NotJson> {
        let start = self.at;
        if self.peek() == Some(b'-') {
            self.at += 1;
        }
        let digits = self.digits();
        let is_padded = digits > 1 && self.bytes[self.at - digits] == b'0';
        if digits == 0 || is_padded {
            return Err(self.error());
        }
        let mut is_whole = true;
        if self.peek() == Some(b'.') {
            self.at += 1;
            is_whole = false;
            if self.digits() == 0 {
                return Err(self.error());
            }
        }
        if matches!(self.peek(), Some(b'e' | b'E')) {
            self.at += 1;
            is_whole = false;
            if matches!(self.peek(), Some(b'+' | b'-')) {
                self.at += 1;
            }
            if self.digits() == 0 {
                return Err(self.error());
            }
        }
        let text = &self.text[start..self.at];
        if is_whole && let Ok(value) = text.parse() {
            return Ok(Dynamic::Long(value));
        }
        text.parse().map(Dynamic::Real).map_err(|_| self.error())
    }

    fn digits(&mut self) -> usize {
        let start = self.at;
        while matches!(self.peek(), Some(b'0'..=b'9')) {
            self.at += 1;
        }
        self.at - start
    }

    fn string_or_tagged(&mut self) -> Result<Dynamic, NotJson> {
        if self.bytes.get(self.at + 1) != Some(&TAG) {
            return Ok(Dynamic::String(Arc::from(self.string()?)));
        }
        let start = self.at;
        let content_start = self.at + 3;
        let length = self.bytes.get(content_start..).and_then(memchr_quote).ok_or(self.error())?;
        let content = &self.text[content_start..content_start + length];
        self.at = content_start + length + 1;
        let error = NotJson { at: start };
        Ok(match self.bytes[start + 2] {
            b'd' => Dynamic::DateTime(time::parse_datetime(content).ok_or(error)?),
            b't' => Dynamic::TimeSpan(time::parse_timespan(content).ok_or(error)?),
            b'g' => Dynamic::Guid(value::parse_guid(content).ok_or(error)?),
            b'm' => Dynamic::Decimal(content.parse().map_err(|_| error)?),
            b'r' => Dynamic::Real(match content {
                "NaN" => f64::NAN,
                "Infinity" => f64::INFINITY,
                "-Infinity" => f64::NEG_INFINITY,
                _ => return Err(error),
            }),
            _ => return Err(error),
        })
    }

    fn string(&mut self) -> Result<String, NotJson> {
        self.expect(b'"')?;
        let mut value = String::new();
        loop {
            let start = self.at;
            while self.peek().is_some_and(|byte| byte >= 0x20 && byte != b'"' && byte != b'\\') {
                self.at += 1;
            }
            value.push_str(&self.text[start..self.at]);
            match self.peek() {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(value);
                }
                Some(b'\\') => value.push(self.escape()?),
                _ => return Err(self.error()),
            }
        }
    }

    fn escape(&mut self) -> Result<char, NotJson> {
        let letter = self.bytes.get(self.at + 1).copied().ok_or(self.error())?;
        let plain = match letter {
            b'"' | b'\\' | b'/' => char::from(letter),
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'u' => return self.unicode_escape(),
            _ => return Err(self.error()),
        };
        self.at += 2;
        Ok(plain)
    }

    /// A lone surrogate becomes the replacement character, as a text can not hold it.
    fn unicode_escape(&mut self) -> Result<char, NotJson> {
        let unit = self.hex_unit()?;
        if !(0xd800..0xdc00).contains(&unit) {
            return Ok(char::from_u32(unit).unwrap_or(char::REPLACEMENT_CHARACTER));
        }
        let before = self.at;
        if self.bytes[self.at..].starts_with(b"\\u") {
            let low = self.hex_unit()?;
            if (0xdc00..0xe000).contains(&low) {
                let code = 0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00);
                return Ok(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER));
            }
            self.at = before;
        }
        Ok(char::REPLACEMENT_CHARACTER)
    }

    fn hex_unit(&mut self) -> Result<u32, NotJson> {
        let digits = self.text.get(self.at + 2..self.at + 6).ok_or(self.error())?;
        if !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(self.error());
        }
        self.at += 6;
        u32::from_str_radix(digits, 16).map_err(|_| self.error())
    }
}

fn memchr_quote(bytes: &[u8]) -> Option<usize> {
    bytes.iter().position(|byte| *byte == b'"')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_come_back_as_they_went() {
        for text in [
            "null",
            "[1,2.5,-3,1e300]",
            r#"{"a":{"b":[true,false,null]},"c":"x\"y\\z\n"}"#,
            "[\"\u{1}d2020-01-01T00:00:00.0000000Z\",\"\u{1}t1.00:00:00\",\"\u{1}rNaN\"]",
        ] {
            let value = Dynamic::parse(text).unwrap();
            assert_eq!(value.to_text(), text);
        }
    }

    #[test]
    fn refuses_what_is_not_json() {
        for text in [
            "",
            "{",
            "[1,]",
            "{\"a\" 1}",
            "01",
            "1.",
            "nul",
            "\"\u{1}\"",
            "[1] 2",
            "\"a\nb\"",
            "'a'",
        ] {
            assert!(Dynamic::parse(text).is_err(), "{text}");
        }
        assert!(Dynamic::parse(&"[".repeat(100_000)).is_err());
    }

    #[test]
    fn the_last_of_equal_keys_counts() {
        assert_eq!(Dynamic::parse(r#"{"a":1,"b":2,"a":3}"#).unwrap().to_text(), r#"{"a":3,"b":2}"#);
    }

    #[test]
    fn tags_are_not_shown() {
        let value = Dynamic::Array(vec![Dynamic::TimeSpan(1), Dynamic::string("\u{1}d")]);
        assert_eq!(super::super::untagged(&value.to_text()), r#"["00:00:00.0000001","\u0001d"]"#);
    }
}
