//! The elements of a dynamic's text, as slices of it: no tree is built.

use std::collections::HashMap;

/// What a dynamic's text holds at its top.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Elements<'a> {
    /// The texts of an array's elements.
    Array(Vec<&'a str>),
    /// The quoted keys and the texts of a bag's entries; of a key that comes twice the last value.
    Bag(Vec<(&'a str, &'a str)>),
    /// Any other value, or what is not JSON.
    Scalar(&'a str),
}

/// Takes a dynamic's text apart.
pub(crate) fn elements(text: &str) -> Elements<'_> {
    let text = text.trim_ascii();
    let found = match text.as_bytes().first() {
        Some(b'[') => array(text).map(Elements::Array),
        Some(b'{') => bag(text).map(Elements::Bag),
        _ => None,
    };
    found.unwrap_or(Elements::Scalar(text))
}

fn array(text: &str) -> Option<Vec<&str>> {
    let mut cursor = Cursor { text, at: 1 };
    let mut found = Vec::new();
    if cursor.eat(b']') {
        return cursor.is_at_end().then_some(found);
    }
    loop {
        found.push(cursor.value()?);
        if cursor.eat(b']') {
            return cursor.is_at_end().then_some(found);
        }
        if !cursor.eat(b',') {
            return None;
        }
    }
}

fn bag(text: &str) -> Option<Vec<(&str, &str)>> {
    let mut cursor = Cursor { text, at: 1 };
    let mut found: Vec<(&str, &str)> = Vec::new();
    let mut places: HashMap<&str, usize> = HashMap::new();
    if cursor.eat(b'}') {
        return cursor.is_at_end().then_some(found);
    }
    loop {
        let key = cursor.value().filter(|key| key.starts_with('"'))?;
        if !cursor.eat(b':') {
            return None;
        }
        let value = cursor.value()?;
        let place = *places.entry(key).or_insert(found.len());
        match found.get_mut(place) {
            Some(entry) => entry.1 = value,
            None => found.push((key, value)),
        }
        if cursor.eat(b'}') {
            return cursor.is_at_end().then_some(found);
        }
        if !cursor.eat(b',') {
            return None;
        }
    }
}

struct Cursor<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Cursor<'a> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
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

    fn is_at_end(&self) -> bool {
        self.at == self.text.len()
    }

    /// The text of the value here.
    fn value(&mut self) -> Option<&'a str> {
        self.skip_space();
        let from = self.at;
        match self.peek()? {
            b'"' => self.string()?,
            b'[' | b'{' => self.nested()?,
            _ => {
                let rest = self.text.as_bytes().get(from..)?;
                let is_end = |byte: &u8| matches!(byte, b',' | b']' | b'}' | b':');
                let length = rest.iter().position(is_end).unwrap_or(rest.len());
                self.at += length;
            }
        }
        self.text.get(from..self.at).map(str::trim_ascii_end).filter(|value| !value.is_empty())
    }

    fn string(&mut self) -> Option<()> {
        self.at += 1;
        loop {
            let rest = self.text.as_bytes().get(self.at..)?;
            let length = rest.iter().position(|byte| matches!(byte, b'"' | b'\\'))?;
            self.at += length + 1;
            if rest.get(length) == Some(&b'"') {
                return Some(());
            }
            self.at += 1;
        }
    }

    /// Counts brackets; which closes which does not matter here.
    fn nested(&mut self) -> Option<()> {
        let mut depth = 0_usize;
        loop {
            match self.peek()? {
                b'"' => {
                    self.string()?;
                    continue;
                }
                b'[' | b'{' => depth += 1,
                b']' | b'}' => depth -= 1,
                _ => {}
            }
            self.at += 1;
            if depth == 0 {
                return Some(());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_apart() {
        assert_eq!(elements("[]"), Elements::Array(vec![]));
        assert_eq!(
            elements(r#" [1, "a,]\"", {"k":[2,3]} , null]"#),
            Elements::Array(vec!["1", r#""a,]\"""#, r#"{"k":[2,3]}"#, "null"])
        );
        assert_eq!(
            elements(r#"{"a" : 1, "b":{"c":[]}, "a":"x"}"#),
            Elements::Bag(vec![("\"a\"", "\"x\""), ("\"b\"", r#"{"c":[]}"#)])
        );
        for scalar in ["1", "\"[1]\"", "null", "[1", "[1,]", "{\"a\"}", "[1]]", "{a:1}"] {
            assert_eq!(elements(scalar), Elements::Scalar(scalar), "{scalar}");
        }
    }
}
