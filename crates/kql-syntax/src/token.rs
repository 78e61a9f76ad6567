//! Tokens: the words of a text, with their places and with the white space and comments between them.

use crate::Span;
use crate::keyword::{Keyword, KeywordClass};
use crate::lexer::trivia;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "punctuation says itself what it is")]
pub enum TokenKind {
    OpenParen,
    CloseParen,
    OpenBracket,
    CloseBracket,
    OpenBrace,
    CloseBrace,
    Bar,
    /// `<|`
    LessBar,
    Plus,
    Minus,
    Star,
    Slash,
    Percent,
    Dot,
    DotDot,
    Bang,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Equal,
    EqualEqual,
    BangEqual,
    /// `<>`
    LessGreater,
    Colon,
    Semicolon,
    Comma,
    EqualTilde,
    BangTilde,
    At,
    Question,
    /// `=>`
    FatArrow,
    /// A name without brackets.
    Identifier,
    /// A word that the grammar speaks of; many of them may be names too.
    Keyword(Keyword),
    /// One string literal; neighbours are joined by the parser.
    String,
    /// `true`, `bool(...)`
    Bool,
    /// `1`, `0x1f`, `long(...)`
    Long,
    /// `int(...)`
    Int,
    /// `1.5`, `real(...)`
    Real,
    /// `decimal(...)`
    Decimal,
    /// `datetime(...)`
    DateTime,
    /// `1d`, `time(...)`
    TimeSpan,
    /// `guid(...)`
    Guid,
    /// A guid without `guid(...)`.
    RawGuid,
    /// `#` and the rest of its line.
    Directive,
    /// A character that is no part of the language.
    Bad,
    /// Behind the last token.
    End,
}

impl TokenKind {
    /// The keyword it is.
    #[must_use]
    pub const fn keyword(self) -> Option<Keyword> {
        match self {
            Self::Keyword(keyword) => Some(keyword),
            _ => None,
        }
    }

    /// Whether it may stand wherever a name may.
    #[must_use]
    pub const fn is_name(self) -> bool {
        match self {
            Self::Identifier => true,
            Self::Keyword(keyword) => matches!(keyword.class(), KeywordClass::Name),
            _ => false,
        }
    }

    /// Whether it may be the name of something declared: left of `=`, in a schema.
    #[must_use]
    pub const fn is_declarable(self) -> bool {
        match self {
            Self::Identifier => true,
            Self::Keyword(keyword) => !matches!(keyword.class(), KeywordClass::Reserved),
            _ => false,
        }
    }

    /// Whether it is an identifier or any keyword.
    #[must_use]
    pub const fn is_word(self) -> bool {
        matches!(self, Self::Identifier | Self::Keyword(_))
    }

    /// Whether it is a literal of one token.
    #[must_use]
    pub const fn is_literal(self) -> bool {
        matches!(
            self,
            Self::String
                | Self::Bool
                | Self::Long
                | Self::Int
                | Self::Real
                | Self::Decimal
                | Self::DateTime
                | Self::TimeSpan
                | Self::Guid
                | Self::RawGuid
        )
    }

    /// Its text where that is always the same.
    #[must_use]
    pub const fn text(self) -> Option<&'static str> {
        Some(match self {
            Self::OpenParen => "(",
            Self::CloseParen => ")",
            Self::OpenBracket => "[",
            Self::CloseBracket => "]",
            Self::OpenBrace => "{",
            Self::CloseBrace => "}",
            Self::Bar => "|",
            Self::LessBar => "<|",
            Self::Plus => "+",
            Self::Minus => "-",
            Self::Star => "*",
            Self::Slash => "/",
            Self::Percent => "%",
            Self::Dot => ".",
            Self::DotDot => "..",
            Self::Bang => "!",
            Self::Less => "<",
            Self::LessOrEqual => "<=",
            Self::Greater => ">",
            Self::GreaterOrEqual => ">=",
            Self::Equal => "=",
            Self::EqualEqual => "==",
            Self::BangEqual => "!=",
            Self::LessGreater => "<>",
            Self::Colon => ":",
            Self::Semicolon => ";",
            Self::Comma => ",",
            Self::EqualTilde => "=~",
            Self::BangTilde => "!~",
            Self::At => "@",
            Self::Question => "?",
            Self::FatArrow => "=>",
            Self::Keyword(keyword) => keyword.text(),
            _ => return None,
        })
    }
}

/// One token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// What it is.
    pub kind: TokenKind,
    /// Where it is written.
    pub span: Span,
    /// Whether [`Tokens::fault`] has something to say of it.
    pub is_faulty: bool,
}

/// What is wrong with a single token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// No part of the language.
    UnexpectedCharacter,
    /// A string without its closing quote.
    UnterminatedString,
    /// A backslash in a string, at this place, with something behind it that is no escape.
    InvalidEscape(Span),
    /// A string in typographic quotes.
    TypographicQuotes,
    /// `datetime(` and its kin without `)` on the same line.
    UnterminatedLiteral,
}

/// The tokens of a text; the last one is [`TokenKind::End`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tokens {
    pub(crate) tokens: Vec<Token>,
    pub(crate) faults: Vec<(usize, Fault)>,
}

impl Tokens {
    /// All of them.
    #[must_use]
    pub fn as_slice(&self) -> &[Token] {
        &self.tokens
    }

    /// What is wrong with the token at `index`.
    #[must_use]
    pub fn fault(&self, index: usize) -> Option<Fault> {
        let found = self.faults.binary_search_by_key(&index, |(token, _)| *token).ok()?;
        self.faults.get(found).map(|(_, fault)| *fault)
    }

    /// White space and comments before the token at `index`.
    #[must_use]
    pub fn gap_before(&self, index: usize) -> Span {
        let before = index.checked_sub(1).and_then(|before| self.tokens.get(before));
        let start = before.map_or(0, |token| token.span.end);
        let end = self.tokens.get(index).or(self.tokens.last()).map_or(0, |token| token.span.start);
        Span::new(start.min(end), end)
    }

    /// The comments before the token at `index`, each from its `//` to the end of its line.
    pub fn comments_before(&self, text: &str, index: usize) -> impl Iterator<Item = Span> {
        trivia::comments(text, self.gap_before(index))
    }
}
