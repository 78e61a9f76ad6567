//! Whether a text is whole, so that Enter runs it rather than beginning a new line.

use kql_syntax::{TokenKind, lex};
use reedline::ValidationResult;

/// Brackets that are open and bars with nothing behind them ask for another line.
pub(crate) struct Validator;

impl reedline::Validator for Validator {
    fn validate(&self, text: &str) -> ValidationResult {
        if is_whole(text) { ValidationResult::Complete } else { ValidationResult::Incomplete }
    }
}

/// Whether nothing is open. An empty last line runs what is there in any case.
pub(crate) fn is_whole(text: &str) -> bool {
    if text.ends_with("\n\n") || text.trim_start().starts_with(':') {
        return true;
    }
    use TokenKind as T;
    let tokens = lex(text);
    let mut depth = 0_i64;
    let mut last = None;
    for token in tokens.as_slice().iter().filter(|token| token.kind != T::End) {
        match token.kind {
            T::OpenParen | T::OpenBracket | T::OpenBrace => depth += 1,
            T::CloseParen | T::CloseBracket | T::CloseBrace => depth -= 1,
            _ => {}
        }
        last = Some(*token);
    }
    let Some(last) = last else { return true };
    let goes_on = matches!(last.kind, T::Bar | T::Comma | T::Equal | T::EqualEqual | T::Plus);
    // A `let` alone gives nothing: what uses it follows.
    let is_only_lets = last.kind == T::Semicolon && !gives_something(text);
    depth <= 0 && !goes_on && !is_only_lets
}

fn gives_something(text: &str) -> bool {
    use kql_syntax::tree::StatementKind;
    let statements = kql_syntax::parse(text).tree.statements;
    statements.iter().any(|one| matches!(one.kind, StatementKind::Expression(_)))
}

#[cfg(test)]
mod tests {
    use super::is_whole;

    #[test]
    fn what_is_open_asks_for_more() {
        assert!(is_whole("T | take 5"));
        assert!(is_whole("let a = 1; print a;"));
        assert!(is_whole(""));
        assert!(is_whole(":help"));
        assert!(!is_whole("T |"));
        assert!(!is_whole("T | join (U"));
        assert!(!is_whole("let a = 1;"));
        assert!(is_whole("T | join (U\n\n"));
    }
}
