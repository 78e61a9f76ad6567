//! Text to tokens.
//!
//! The same characters make a token as in Kusto's own lexer, with two differences, both in texts that Kusto
//! refuses: a string with a bad escape goes on to its closing quote, and typographic quotes make a string. So one
//! slip gives one diagnostic.

mod numbers;
pub(crate) mod strings;
pub(crate) mod trivia;

use crate::Span;
use crate::keyword::{self, Keyword};
use crate::token::{Fault, Token, TokenKind, Tokens};

/// The tokens of `text`, of which only the first 4 GB can be addressed.
#[must_use]
pub fn lex(text: &str) -> Tokens {
    let mut tokens = Tokens { tokens: Vec::with_capacity(text.len() / 5 + 2), faults: Vec::new() };
    let limit = text.len().min(u32::MAX as usize);
    let mut position = 0;
    loop {
        position += trivia::length(&text[position..]);
        if position >= limit {
            break;
        }
        let piece = Piece::first_of(&text[position..]);
        let end = position + piece.length;
        if let Some(fault) = piece.fault {
            tokens.faults.push((tokens.tokens.len(), shifted(fault, offset(position))));
        }
        let span = Span::new(offset(position), offset(end));
        tokens.tokens.push(Token { kind: piece.kind, span, is_faulty: piece.fault.is_some() });
        position = end;
    }
    let end = Span::at(offset(position));
    tokens.tokens.push(Token { kind: TokenKind::End, span: end, is_faulty: false });
    tokens
}

fn offset(position: usize) -> u32 {
    u32::try_from(position).unwrap_or(u32::MAX)
}

/// A fault that was found in a text beginning at `start` of the whole.
fn shifted(fault: Fault, start: u32) -> Fault {
    match fault {
        Fault::InvalidEscape(at) => {
            Fault::InvalidEscape(Span::new(start + at.start, start + at.end))
        }
        other => other,
    }
}

/// A token at the start of a text.
#[derive(Clone, Copy)]
pub(crate) struct Piece {
    kind: TokenKind,
    length: usize,
    fault: Option<Fault>,
}

impl Piece {
    const fn new(kind: TokenKind, length: usize) -> Self {
        Self { kind, length, fault: None }
    }

    const fn faulty(kind: TokenKind, length: usize, fault: Fault) -> Self {
        Self { kind, length, fault: Some(fault) }
    }

    /// The token that a text without leading white space begins with.
    fn first_of(text: &str) -> Self {
        punctuation(text)
            .or_else(|| strings::string(text))
            .or_else(|| directive(text))
            .or_else(|| keyword(text))
            .or_else(|| boolean(text))
            .or_else(|| numbers::number(text))
            .or_else(|| identifier(text))
            .unwrap_or_else(|| unexpected_character(text))
    }
}

fn punctuation(text: &str) -> Option<Piece> {
    use TokenKind as T;
    let bytes = text.as_bytes();
    let second = bytes.get(1).copied();
    let (kind, length) = match (*bytes.first()?, second) {
        (b'(', _) => (T::OpenParen, 1),
        (b')', _) => (T::CloseParen, 1),
        (b'[', _) => (T::OpenBracket, 1),
        (b']', _) => (T::CloseBracket, 1),
        (b'{', _) => (T::OpenBrace, 1),
        (b'}', _) => (T::CloseBrace, 1),
        (b'|', _) => (T::Bar, 1),
        (b'.', Some(b'.')) => (T::DotDot, 2),
        (b'.', _) => (T::Dot, 1),
        (b'+', _) => (T::Plus, 1),
        (b'-', _) => (T::Minus, 1),
        (b'*', _) => (T::Star, 1),
        (b'/', _) => (T::Slash, 1),
        (b'%', _) => (T::Percent, 1),
        (b'<', Some(b'=')) => (T::LessOrEqual, 2),
        (b'<', Some(b'|')) => (T::LessBar, 2),
        (b'<', Some(b'>')) => (T::LessGreater, 2),
        (b'<', _) => (T::Less, 1),
        (b'>', Some(b'=')) => (T::GreaterOrEqual, 2),
        (b'>', _) => (T::Greater, 1),
        (b'=', Some(b'=')) => (T::EqualEqual, 2),
        (b'=', Some(b'>')) => (T::FatArrow, 2),
        (b'=', Some(b'~')) => (T::EqualTilde, 2),
        (b'=', _) => (T::Equal, 1),
        (b'!', Some(b'=')) => (T::BangEqual, 2),
        (b'!', Some(b'~')) => (T::BangTilde, 2),
        (b':', _) => (T::Colon, 1),
        (b';', _) => (T::Semicolon, 1),
        (b',', _) => (T::Comma, 1),
        (b'@', None) => (T::At, 1),
        (b'@', Some(next)) if !strings::is_quote(next) => (T::At, 1),
        (b'?', _) => (T::Question, 1),
        _ => return None,
    };
    Some(Piece::new(kind, length))
}

fn directive(text: &str) -> Option<Piece> {
    text.starts_with('#').then(|| Piece::new(TokenKind::Directive, trivia::line_length(text)))
}

/// A keyword, or a literal written as a type's name and parentheses.
fn keyword(text: &str) -> Option<Piece> {
    if let Some((keyword, length)) = Keyword::at_start_of(text) {
        let literal = literal_kind(keyword).filter(|_| text[length..].starts_with('('));
        return Some(match literal {
            Some(kind) => parenthesized(kind, text, length),
            None => Piece::new(TokenKind::Keyword(keyword), length),
        });
    }
    let is_bang = text.starts_with('!') && keyword::word_length(&text[1..]) == 0;
    is_bang.then_some(Piece::new(TokenKind::Bang, 1))
}

const fn literal_kind(keyword: Keyword) -> Option<TokenKind> {
    Some(match keyword {
        Keyword::Long | Keyword::Int64 => TokenKind::Long,
        Keyword::Int | Keyword::Int32 => TokenKind::Int,
        Keyword::Real | Keyword::Double => TokenKind::Real,
        Keyword::Decimal => TokenKind::Decimal,
        Keyword::Bool => TokenKind::Bool,
        Keyword::DateTime | Keyword::Date => TokenKind::DateTime,
        Keyword::Time | Keyword::TimeSpan => TokenKind::TimeSpan,
        Keyword::Guid => TokenKind::Guid,
        _ => return None,
    })
}

/// `datetime(...)` and its kin: everything up to the `)`, which stands on the same line.
fn parenthesized(kind: TokenKind, text: &str, name: usize) -> Piece {
    // Not the whole line: it may be long and hold many of these.
    let rest = &text[name..];
    let end = rest.find(|char| char == ')' || trivia::is_line_break(char)).unwrap_or(rest.len());
    if rest[end..].starts_with(')') {
        Piece::new(kind, name + end + 1)
    } else {
        Piece::faulty(kind, name + end, Fault::UnterminatedLiteral)
    }
}

fn boolean(text: &str) -> Option<Piece> {
    let word = &text[..keyword::word_length(text)];
    let is_boolean = matches!(word, "true" | "True" | "TRUE" | "false" | "False" | "FALSE");
    is_boolean.then_some(Piece::new(TokenKind::Bool, word.len()))
}

fn identifier(text: &str) -> Option<Piece> {
    let first = *text.as_bytes().first()?;
    let length = match first {
        b'$' => 1 + keyword::word_length(&text[1..]),
        _ if keyword::is_word_byte(first) => keyword::word_length(text),
        _ => return None,
    };
    Some(Piece::new(TokenKind::Identifier, length))
}

fn unexpected_character(text: &str) -> Piece {
    let length = text.chars().next().map_or(1, char::len_utf8);
    Piece::faulty(TokenKind::Bad, length, Fault::UnexpectedCharacter)
}
