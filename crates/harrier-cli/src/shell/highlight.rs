//! Colours for a text while it is typed.

use kql_syntax::{KeywordClass, TokenKind, lex};
use reedline::{Color, StyledText};

/// Colours tokens by their kind.
pub(crate) struct Highlighter;

impl reedline::Highlighter for Highlighter {
    fn highlight(&self, text: &str, _cursor: usize) -> StyledText {
        let mut styled = StyledText::new();
        let mut end = 0;
        let tokens = lex(text);
        for token in tokens.as_slice() {
            let range = token.span.range();
            // What stands between tokens is white space and comments.
            let gap = text.get(end..range.start).unwrap_or_default();
            if !gap.is_empty() {
                styled.push((Color::DarkGray.normal(), gap.to_owned()));
            }
            end = range.end;
            let word = token.span.text(text);
            if !word.is_empty() {
                styled.push((colour(token.kind).normal(), word.to_owned()));
            }
        }
        styled
    }
}

const fn colour(kind: TokenKind) -> Color {
    match kind {
        TokenKind::String => Color::Green,
        TokenKind::Keyword(keyword) if !matches!(keyword.class(), KeywordClass::Name) => {
            Color::Cyan
        }
        TokenKind::Bar => Color::Cyan,
        TokenKind::Bad => Color::Red,
        _ if kind.is_literal() => Color::Yellow,
        _ => Color::Default,
    }
}
