//! `macro-expand entity_group as name (statements)`

use crate::keyword::Keyword;
use crate::parser::cursor::Parser;
use crate::parser::functions::body_of;
use crate::parser::parameters::{self, Names};
use crate::token::TokenKind;
use crate::tree::{Expr, MacroExpand, OperatorKind};

impl Parser<'_> {
    pub(super) fn macro_expand(&mut self) -> OperatorKind {
        self.bump();
        let parameters = self.parameters(parameters::MACRO_EXPAND, Names::BeforeEqual);
        let group = self.opt_group().unwrap_or_else(|| self.missing_expression());
        let scope = if self.eat_keyword(Keyword::As) { Some(self.name()) } else { None };
        let start = self.position();
        let statements = self.block(TokenKind::OpenParen, TokenKind::CloseParen);
        let body = body_of(statements, self.span_from(start));
        OperatorKind::MacroExpand(Box::new(MacroExpand { parameters, group, scope, body }))
    }

    fn opt_group(&mut self) -> Option<Expr> {
        if let Some(group) = self.opt_entity_group() {
            return Some(group);
        }
        let is_path = matches!(self.nth_text(0), "database" | "cluster");
        if is_path && self.nth(1) == TokenKind::OpenParen {
            return self.opt_entity_path();
        }
        self.opt_name_expression()
    }
}
