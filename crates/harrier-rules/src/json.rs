//! JSON as rules use it: the same tree with places that YAML gives. Comments are read over, as ARM templates have them.

use kql_syntax::{Code, Diagnostic, Span};
use saphyr_parser::ScalarStyle;

use crate::yaml::{Node, NodeKind};

/// How deep lists and objects may stand in one another.
const MAX_DEPTH: usize = 100;
/// How many values a document may have.
const MAX_NODES: usize = 1_000_000;

/// Reads a document.
///
/// # Errors
/// One diagnostic at the place where it is no JSON, or more than a rule file may hold.
pub(crate) fn parse(text: &str) -> Result<Node, Box<Diagnostic>> {
    let mut reader = Reader { text, at: 0, nodes: 0 };
    let root = reader.value(0)?;
    reader.blank()?;
    if reader.at < text.len() {
        return Err(reader.fault("something follows the document's end"));
    }
    Ok(root)
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
    nodes: usize,
}

impl Reader<'_> {
    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or("")
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn fault(&self, what: &str) -> Box<Diagnostic> {
        let at = Span::at(narrow(self.at));
        let diagnostic = Diagnostic::error(Code("not-json"), format!("this is no JSON: {what}"));
        Box::new(
            diagnostic.mark(at, "").help("check the quotes, commas and brackets before this place"),
        )
    }

    /// Passes blanks and comments.
    fn blank(&mut self) -> Result<(), Box<Diagnostic>> {
        loop {
            let rest = self.rest();
            let skipped = rest.len() - rest.trim_start_matches([' ', '\t', '\r', '\n']).len();
            self.at += skipped;
            let rest = self.rest();
            let length = if rest.starts_with("//") {
                rest.find('\n').unwrap_or(rest.len())
            } else if rest.starts_with("/*") {
                match rest.find("*/") {
                    Some(end) => end + 2,
                    None => return Err(self.fault("a comment does not end")),
                }
            } else {
                return Ok(());
            };
            self.at += length;
        }
    }

    fn value(&mut self, depth: usize) -> Result<Node, Box<Diagnostic>> {
        self.blank()?;
        self.nodes += 1;
        if depth > MAX_DEPTH || self.nodes > MAX_NODES {
            let message = format!(
                "lists and objects stand more than {MAX_DEPTH} deep in one another, or there are more than {MAX_NODES} values"
            );
            let diagnostic = Diagnostic::error(Code("json-too-large"), message);
            return Err(Box::new(diagnostic.mark(Span::at(narrow(self.at)), "from here on")));
        }
        let start = self.at;
        let kind = match self.peek() {
            Some('{') => self.object(depth)?,
            Some('[') => self.list(depth)?,
            Some('"') => {
                NodeKind::Scalar { text: self.string()?, style: ScalarStyle::DoubleQuoted }
            }
            Some(_) => NodeKind::Scalar { text: self.literal()?, style: ScalarStyle::Plain },
            None => return Err(self.fault("a value is missing")),
        };
        Ok(Node { kind, span: Span::new(narrow(start), narrow(self.at)) })
    }

    fn object(&mut self, depth: usize) -> Result<NodeKind, Box<Diagnostic>> {
        let mut entries = Vec::new();
        self.at += 1;
        self.blank()?;
        while self.peek() != Some('}') {
            if !entries.is_empty() {
                self.expect(',')?;
                self.blank()?;
            }
            let start = self.at;
            if self.peek() != Some('"') {
                return Err(self.fault("a key in double quotes is wanted here"));
            }
            let text = self.string()?;
            let span = Span::new(narrow(start), narrow(self.at));
            let kind = NodeKind::Scalar { text, style: ScalarStyle::DoubleQuoted };
            self.blank()?;
            self.expect(':')?;
            let value = self.value(depth + 1)?;
            entries.push((Node { kind, span }, value));
            self.blank()?;
        }
        self.at += 1;
        Ok(NodeKind::Mapping(entries))
    }

    fn list(&mut self, depth: usize) -> Result<NodeKind, Box<Diagnostic>> {
        let mut items = Vec::new();
        self.at += 1;
        self.blank()?;
        while self.peek() != Some(']') {
            if !items.is_empty() {
                self.expect(',')?;
            }
            items.push(self.value(depth + 1)?);
            self.blank()?;
        }
        self.at += 1;
        Ok(NodeKind::Sequence(items))
    }

    fn expect(&mut self, wanted: char) -> Result<(), Box<Diagnostic>> {
        if self.peek() != Some(wanted) {
            return Err(self.fault(&format!("`{wanted}` is wanted here")));
        }
        self.at += wanted.len_utf8();
        Ok(())
    }

    /// `true`, `false`, `null` or a number.
    fn literal(&mut self) -> Result<String, Box<Diagnostic>> {
        let rest = self.rest();
        let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.');
        let word = rest.get(..rest.find(|c| !is_part(c)).unwrap_or(rest.len())).unwrap_or("");
        if !is_literal(word) {
            return Err(self.fault("a value is wanted here"));
        }
        let word = word.to_owned();
        self.at += word.len();
        Ok(word)
    }

    fn string(&mut self) -> Result<String, Box<Diagnostic>> {
        let start = self.at;
        self.at += 1;
        let mut value = String::new();
        loop {
            let rest = self.rest();
            let Some(end) = rest.find(['"', '\\']) else {
                self.at = start;
                return Err(self.fault("a text does not end"));
            };
            // Line ends stand unescaped in the texts of many templates, and Azure takes them.
            value.push_str(rest.get(..end).unwrap_or(""));
            self.at += end;
            if self.peek() == Some('"') {
                self.at += 1;
                return Ok(value);
            }
            self.at += 1;
            value.push(self.escaped()?);
        }
    }

    /// What follows a backslash.
    fn escaped(&mut self) -> Result<char, Box<Diagnostic>> {
        let Some(letter) = self.peek() else { return Err(self.fault("a text does not end")) };
        let character = match letter {
            '"' | '\\' | '/' => letter,
            'b' => '\u{8}',
            'f' => '\u{c}',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'u' => return self.unicode(),
            _ => return Err(self.fault("a backslash stands before what can not be escaped")),
        };
        self.at += letter.len_utf8();
        Ok(character)
    }

    fn unicode(&mut self) -> Result<char, Box<Diagnostic>> {
        let Some(first) = self.unit() else {
            return Err(self.fault("four hexadecimal digits are wanted behind \\u"));
        };
        if !(0xD800..0xDC00).contains(&first) {
            return Ok(char::from_u32(first).unwrap_or(char::REPLACEMENT_CHARACTER));
        }
        let before = self.at;
        if self.rest().starts_with("\\u") {
            self.at += 1;
            if let Some(second) = self.unit().filter(|unit| (0xDC00..0xE000).contains(unit)) {
                let point = 0x1_0000 + ((first - 0xD800) << 10) + (second - 0xDC00);
                return Ok(char::from_u32(point).unwrap_or(char::REPLACEMENT_CHARACTER));
            }
            self.at = before;
        }
        Ok(char::REPLACEMENT_CHARACTER)
    }

    /// `u` and four digits.
    fn unit(&mut self) -> Option<u32> {
        let digits = self.rest().get(1..5).filter(|d| d.bytes().all(|b| b.is_ascii_hexdigit()))?;
        let unit = u32::from_str_radix(digits, 16).ok()?;
        self.at += 5;
        Some(unit)
    }
}

fn narrow(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}

/// Whether a word is `true`, `false`, `null` or a number as JSON writes it.
fn is_literal(word: &str) -> bool {
    matches!(word, "true" | "false" | "null") || is_number(word)
}

/// Whether a text is a number as JSON writes it.
pub(crate) fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let has_leading_zero = digits.len() > 1
        && digits.starts_with('0')
        && digits.as_bytes().get(1).is_some_and(u8::is_ascii_digit);
    digits.starts_with(|c: char| c.is_ascii_digit())
        && !has_leading_zero
        && !digits.ends_with('.')
        && text.parse::<f64>().is_ok_and(f64::is_finite)
}

/// Writes a tree as JSON with an indentation of two. Plain scalars that are JSON's own literals stay bare; all others are texts.
pub(crate) fn write(node: &Node) -> String {
    let mut text = String::new();
    write_at(node, 0, &mut text);
    text.push('\n');
    text
}

/// Writes a tree on one line.
pub(crate) fn compact(node: &Node) -> String {
    let mut out = String::new();
    write_compact(node, &mut out);
    out
}

fn write_compact(node: &Node, out: &mut String) {
    match &node.kind {
        NodeKind::Scalar { .. } => write_at(node, 0, out),
        NodeKind::Sequence(items) => {
            out.push('[');
            for (index, item) in items.iter().enumerate() {
                out.push_str(if index == 0 { "" } else { "," });
                write_compact(item, out);
            }
            out.push(']');
        }
        NodeKind::Mapping(entries) => {
            out.push('{');
            for (index, (key, value)) in entries.iter().enumerate() {
                out.push_str(if index == 0 { "" } else { "," });
                write_text(key.text().unwrap_or(""), out);
                out.push(':');
                write_compact(value, out);
            }
            out.push('}');
        }
    }
}

fn write_at(node: &Node, depth: usize, out: &mut String) {
    match &node.kind {
        NodeKind::Scalar { text, style: ScalarStyle::Plain } if is_literal(text) => {
            out.push_str(text)
        }
        NodeKind::Scalar { style: ScalarStyle::Plain, .. } if node.text().is_none() => {
            out.push_str("null");
        }
        NodeKind::Scalar { text, .. } => write_text(text, out),
        NodeKind::Sequence(items) => {
            between(out, ('[', ']'), depth, items, |item, out| write_at(item, depth + 1, out));
        }
        NodeKind::Mapping(entries) => {
            between(out, ('{', '}'), depth, entries, |(key, value), out| {
                write_text(key.text().unwrap_or(""), out);
                out.push_str(": ");
                write_at(value, depth + 1, out);
            });
        }
    }
}

fn between<T>(
    out: &mut String,
    (open, close): (char, char),
    depth: usize,
    items: &[T],
    mut write: impl FnMut(&T, &mut String),
) {
    out.push(open);
    for (index, item) in items.iter().enumerate() {
        out.push_str(if index == 0 { "\n" } else { ",\n" });
        out.push_str(&"  ".repeat(depth + 1));
        write(item, out);
    }
    if !items.is_empty() {
        out.push('\n');
        out.push_str(&"  ".repeat(depth));
    }
    out.push(close);
}

fn write_text(text: &str, out: &mut String) {
    out.push('"');
    for character in text.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            // Line separators and what commands a terminal are told by number.
            c if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') => {
                out.push_str(&format!("\\u{:04x}", u32::from(c)));
            }
            c => out.push(c),
        }
    }
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_have_places() {
        let text = "{ // a note\n \"a\": [1, -2.5e3, true, null], /* b */ \"t\": \"x\\n\\u00e4\\ud83d\\ude00\\/\" }";
        let root = parse(text).unwrap();
        assert_eq!(root.get("t").unwrap().text(), Some("x\nä😀/"));
        let list = root.get("a").unwrap().items();
        assert_eq!(list[1].span.text(text), "-2.5e3");
        assert_eq!(list[3].text(), None);
        assert_eq!(parse(&write(&root)).unwrap().get("t").unwrap().text(), Some("x\nä😀/"));
    }

    #[test]
    fn faults_have_places() {
        for (text, at) in [
            ("{\"a\": 1,}", 8),
            ("[1 2]", 3),
            ("{\"a\" 1}", 5),
            ("[01]", 1),
            ("\"abc", 0),
            ("{a: 1}", 1),
            ("[tru]", 1),
            ("[1] x", 4),
            ("/* ", 0),
            ("", 0),
            ("\"\\q\"", 2),
        ] {
            let error = parse(text).unwrap_err();
            assert_eq!((error.code.0, error.span().start), ("not-json", at), "{text}");
        }
        let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
        assert_eq!(parse(&deep).unwrap_err().code.0, "json-too-large");
    }
}
