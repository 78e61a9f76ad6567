//! String literals: where they end, and what they stand for.

use super::{Piece, offset, trivia};
use crate::Span;
use crate::token::{Fault, TokenKind};

/// Whether a byte can begin a string behind `@` or `h`.
pub(super) const fn is_quote(byte: u8) -> bool {
    matches!(byte, b'\'' | b'"' | b'`' | b'~')
}

/// The string literal that `text` begins with, prefixes included.
pub(super) fn string(text: &str) -> Option<Piece> {
    typographic(text).or_else(|| {
        let opening = Opening::of(text)?;
        let body = &text[opening.length..];
        Some(match opening.quote {
            Quote::Fence(fence) => match body.find(fence) {
                Some(end) => Piece::new(TokenKind::String, opening.length + end + fence.len()),
                None => unterminated(text.len()),
            },
            Quote::Verbatim(quote) => match verbatim_end(body, quote) {
                Some(end) => Piece::new(TokenKind::String, opening.length + end),
                None => unterminated(opening.length + line_end(body)),
            },
            Quote::Plain(quote) => plain(body, quote, opening.length),
        })
    })
}

/// What a string literal begins with.
struct Opening {
    quote: Quote,
    /// Prefixes and quote.
    length: usize,
    is_hidden: bool,
}

enum Quote {
    /// `'` or `"`, with escapes.
    Plain(u8),
    /// `'` or `"` behind a `@`, doubled to stand for itself.
    Verbatim(u8),
    /// Three backticks or tildes, over several lines.
    Fence(&'static str),
}

impl Opening {
    fn of(text: &str) -> Option<Self> {
        let shown = text.strip_prefix(['h', 'H']).unwrap_or(text);
        let bare = shown.strip_prefix('@').unwrap_or(shown);
        let prefixes = text.len() - bare.len();
        let quote = match *bare.as_bytes().first()? {
            quote @ (b'\'' | b'"') if bare.len() < shown.len() => Quote::Verbatim(quote),
            quote @ (b'\'' | b'"') => Quote::Plain(quote),
            _ if bare.starts_with("```") => Quote::Fence("```"),
            _ if bare.starts_with("~~~") => Quote::Fence("~~~"),
            _ => return None,
        };
        let width = if let Quote::Fence(fence) = quote { fence.len() } else { 1 };
        Some(Self { quote, length: prefixes + width, is_hidden: shown.len() < text.len() })
    }
}

fn unterminated(length: usize) -> Piece {
    Piece::faulty(TokenKind::String, length, Fault::UnterminatedString)
}

/// Strings see only these two as line breaks.
fn line_end(text: &str) -> usize {
    text.find(['\r', '\n']).unwrap_or(text.len())
}

/// Whether a string without a closing quote ends before this byte.
///
/// Asked byte by byte: a line may be long and hold many strings, and each must cost no more than its own length.
const fn ends_line(byte: u8) -> bool {
    matches!(byte, b'\r' | b'\n')
}

/// Where a verbatim string ends, its closing quote included.
fn verbatim_end(body: &str, quote: u8) -> Option<usize> {
    let bytes = body.as_bytes();
    let mut position = 0;
    while let Some(&byte) = bytes.get(position).filter(|byte| !ends_line(**byte)) {
        if byte != quote {
            position += 1;
        } else if bytes.get(position + 1) == Some(&quote) {
            position += 2;
        } else {
            return Some(position + 1);
        }
    }
    None
}

fn plain(body: &str, quote: u8, prefix: usize) -> Piece {
    let bytes = body.as_bytes();
    let mut fault = None;
    let mut position = 0;
    while let Some(&byte) = bytes.get(position).filter(|byte| !ends_line(**byte)) {
        if byte == quote {
            let length = prefix + position + 1;
            return Piece { kind: TokenKind::String, length, fault };
        }
        let escape = if byte == b'\\' { escape(&body[position..]) } else { None };
        if byte == b'\\' && escape.is_none() {
            let start = prefix + position;
            let next = body[position + 1..].chars().next();
            let width = next.filter(|next| !matches!(next, '\r' | '\n')).map_or(0, char::len_utf8);
            fault = fault.or(Some(Fault::InvalidEscape(Span::new(
                offset(start),
                offset(start + 1 + width),
            ))));
        }
        position += escape.map_or(1, |escape| escape.length);
    }
    unterminated(prefix + position)
}

struct Escape {
    length: usize,
    code: u32,
}

/// The escape that `text` begins with.
fn escape(text: &str) -> Option<Escape> {
    let bytes = text.as_bytes();
    let hex = |digits: usize| {
        let digits = text.get(2..2 + digits)?;
        let is_hex = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        let code = u32::from_str_radix(digits, 16).ok().filter(|_| is_hex)?;
        Some(Escape { length: 2 + digits.len(), code })
    };
    let simple = |code: u8| Some(Escape { length: 2, code: u32::from(code) });
    match *bytes.get(1)? {
        code @ (b'\\' | b'\'' | b'"') => simple(code),
        b'a' => simple(0x07),
        b'b' => simple(0x08),
        b'f' => simple(0x0c),
        b'n' => simple(b'\n'),
        b'r' => simple(b'\r'),
        b't' => simple(b'\t'),
        b'v' => simple(0x0b),
        b'u' => hex(4),
        b'U' => hex(8),
        b'x' => hex(2),
        b'0'..=b'7' => Some(octal(&bytes[1..])),
        _ => None,
    }
}

/// One to three octal digits, at most `\377`.
fn octal(digits: &[u8]) -> Escape {
    let most = if matches!(digits.first(), Some(b'0'..=b'3')) { 3 } else { 2 };
    let octal = digits.iter().take(most).take_while(|byte| matches!(byte, b'0'..=b'7'));
    let (length, code) =
        octal.fold((1, 0), |(length, code), byte| (length + 1, code * 8 + u32::from(byte - b'0')));
    Escape { length, code }
}

/// A string between typographic quotes on one line: no KQL, but what word processors make of it.
fn typographic(text: &str) -> Option<Piece> {
    let first = text.chars().next()?;
    let closing: &[char] = match first {
        '\u{201c}' | '\u{201d}' | '\u{201e}' => &['\u{201c}', '\u{201d}'],
        '\u{2018}' | '\u{2019}' | '\u{201a}' => &['\u{2018}', '\u{2019}'],
        _ => return None,
    };
    let start = first.len_utf8();
    let is_end = |char| closing.contains(&char) || trivia::is_line_break(char);
    let end = text[start..].find(is_end)? + start;
    let close = text[end..].chars().next().filter(|close| closing.contains(close))?;
    let length = end + close.len_utf8();
    Some(Piece::faulty(TokenKind::String, length, Fault::TypographicQuotes))
}

/// What a string literal stands for, and whether it is written `h'...'`.
pub(crate) fn value(literal: &str) -> (String, bool) {
    let Some(opening) = Opening::of(literal) else {
        let quotes = ['\u{2018}', '\u{2019}', '\u{201a}', '\u{201c}', '\u{201d}', '\u{201e}'];
        return (literal.trim_matches(quotes).to_owned(), false);
    };
    let body = &literal[opening.length..];
    let value = match opening.quote {
        Quote::Fence(fence) => body.strip_suffix(fence).unwrap_or(body).to_owned(),
        Quote::Verbatim(quote) => {
            let quote = char::from(quote);
            let inner = body.strip_suffix(quote).unwrap_or(body);
            inner.replace(&format!("{quote}{quote}"), &quote.to_string())
        }
        Quote::Plain(quote) => unescaped(body, quote),
    };
    (value, opening.is_hidden)
}

fn unescaped(body: &str, quote: u8) -> String {
    let mut value = String::with_capacity(body.len());
    let mut high_surrogate = None;
    let mut rest = body;
    while let Some(character) = rest.chars().next() {
        if character == char::from(quote) {
            break;
        }
        let (length, code) = match escape(rest).filter(|_| character == '\\') {
            Some(escape) => (escape.length, escape.code),
            None => (character.len_utf8(), u32::from(character)),
        };
        rest = &rest[length..];
        match (high_surrogate.take(), code) {
            (None, 0xd800..0xdc00) => high_surrogate = Some(code),
            (Some(high), 0xdc00..0xe000) => {
                let code = 0x1_0000 + ((high - 0xd800) << 10) + (code - 0xdc00);
                value.push(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER));
            }
            (lonely, code) => {
                value.extend(lonely.map(|_| char::REPLACEMENT_CHARACTER));
                value.push(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER));
            }
        }
    }
    value.extend(high_surrogate.map(|_| char::REPLACEMENT_CHARACTER));
    value
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_string_ends_with_its_quote_or_its_line() {
        let read = |text: &str| {
            let piece = string(text).unwrap();
            (piece.length, piece.fault.is_some())
        };
        assert_eq!(read("'a', 'b'"), (3, false));
        assert_eq!(read("@'a''b' c"), (7, false));
        assert_eq!(read("'a\n'"), (2, true));
        assert_eq!(read("@'a\r\n'"), (3, true));
        assert_eq!(read("'a\\\n'"), (3, true));
        assert_eq!(read("'a\\"), (3, true));
        assert_eq!(read("\u{201c}a\u{201d} b"), (7, true));
        assert!(string("\u{201c}a\n\u{201d}").is_none());
    }
}
