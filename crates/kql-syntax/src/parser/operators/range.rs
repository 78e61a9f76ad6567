//! `range name from start to end step step`

use crate::keyword::Keyword;
use crate::parser::cursor::Parser;
use crate::token::TokenKind;
use crate::tree::OperatorKind;

impl Parser<'_> {
    /// The operator; `range(` is the function.
    pub(super) fn opt_range(&mut self) -> Option<OperatorKind> {
        if self.nth(1) == TokenKind::OpenParen {
            return None;
        }
        self.bump();
        let name = self.name();
        self.expect_keyword(Keyword::From);
        let from = self.expression();
        self.expect_keyword(Keyword::To);
        let to = self.expression();
        self.expect_keyword(Keyword::Step);
        let step = self.expression();
        Some(OperatorKind::Range { name, from, to, step })
    }
}
