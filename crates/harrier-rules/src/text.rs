//! The text of a file: bytes decoded, and places in it by line and column.

use kql_syntax::Span;
use serde::Serialize;

/// What stands at 0x80 to 0x9F in Windows-1252; the rest is Latin-1.
const WINDOWS_1252: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}',
    '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

/// How the bytes of a file spell characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Encoding {
    /// UTF-8, with or without a byte order mark.
    Utf8,
    /// UTF-16, told by its byte order mark.
    Utf16,
    /// What is neither is read as this.
    Windows1252,
}

/// A file's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceText {
    /// Its characters, without a byte order mark; line ends as they are.
    pub text: String,
    /// How they were spelled.
    pub encoding: Encoding,
    line_starts: Vec<u32>,
}

/// A place in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Place {
    /// The line, from 1.
    pub line: u32,
    /// The column, from 1. **Unit**: characters.
    pub column: u32,
}

impl SourceText {
    /// Decodes the bytes of a file. Bytes that are no text in any way (a zero among them) give none.
    #[must_use]
    pub fn decode(bytes: &[u8]) -> Option<Self> {
        let (text, encoding) = match bytes {
            [0xEF, 0xBB, 0xBF, rest @ ..] => (utf8(rest), Encoding::Utf8),
            [0xFF, 0xFE, rest @ ..] => (utf16(rest, u16::from_le_bytes), Encoding::Utf16),
            [0xFE, 0xFF, rest @ ..] => (utf16(rest, u16::from_be_bytes), Encoding::Utf16),
            _ => match std::str::from_utf8(bytes) {
                Ok(text) => (text.to_owned(), Encoding::Utf8),
                Err(_) => (windows_1252(bytes), Encoding::Windows1252),
            },
        };
        (!text.contains('\0')).then(|| Self::new(text, encoding))
    }

    /// A text that is decoded already.
    #[must_use]
    pub fn new(text: String, encoding: Encoding) -> Self {
        let after_breaks = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let after_breaks = after_breaks.map(|(at, _)| u32::try_from(at + 1).unwrap_or(u32::MAX));
        let line_starts = std::iter::once(0).chain(after_breaks).collect();
        Self { text, encoding, line_starts }
    }

    /// The line and column of a byte offset; the end of the text for one behind it.
    #[must_use]
    pub fn place(&self, offset: u32) -> Place {
        let offset = offset.min(u32::try_from(self.text.len()).unwrap_or(u32::MAX));
        let line = self.line_starts.partition_point(|start| *start <= offset);
        let start = self.line_starts.get(line.saturating_sub(1)).copied().unwrap_or(0);
        let end = self.text.floor_char_boundary(offset as usize);
        let before = self.text.get(start as usize..end).unwrap_or("");
        Place {
            line: u32::try_from(line).unwrap_or(u32::MAX),
            column: u32::try_from(before.chars().count() + 1).unwrap_or(u32::MAX),
        }
    }

    /// Where a span begins and ends.
    #[must_use]
    pub fn places(&self, span: Span) -> (Place, Place) {
        (self.place(span.start), self.place(span.end))
    }
}

fn utf8(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => windows_1252(bytes),
    }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let units = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
    char::decode_utf16(units).map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
}

fn windows_1252(bytes: &[u8]) -> String {
    let character = |byte: &u8| match byte {
        0x80..=0x9F => WINDOWS_1252.get(usize::from(byte - 0x80)).copied().unwrap_or('?'),
        _ => char::from(*byte),
    };
    bytes.iter().map(character).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(bytes: &[u8]) -> SourceText {
        SourceText::decode(bytes).unwrap()
    }

    #[test]
    fn byte_order_marks_are_dropped() {
        assert_eq!(decoded(b"\xEF\xBB\xBFid: 1").text, "id: 1");
        let utf16 = decoded(b"\xFF\xFEi\0d\0");
        assert_eq!((utf16.text.as_str(), utf16.encoding), ("id", Encoding::Utf16));
        assert_eq!(decoded(b"\xFE\xFF\0i\0d").text, "id");
    }

    #[test]
    fn what_is_not_utf8_is_windows_1252() {
        let text = decoded(b"a \x96 b \xE4");
        assert_eq!((text.text.as_str(), text.encoding), ("a – b ä", Encoding::Windows1252));
        assert!(SourceText::decode(b"PK\x03\x04\0\0").is_none());
    }

    #[test]
    fn places_count_characters() {
        let text = decoded("a\r\näö x\n".as_bytes());
        assert_eq!(text.place(0), Place { line: 1, column: 1 });
        assert_eq!(text.place(3), Place { line: 2, column: 1 });
        assert_eq!(text.place(8), Place { line: 2, column: 4 });
        assert_eq!(text.place(999), Place { line: 3, column: 1 });
    }
}
