//! `search in (tables) predicate`

use crate::keyword::Keyword;
use crate::parser::cursor::Parser;
use crate::parser::parameters::{self, Names};
use crate::token::TokenKind;
use crate::tree::{Expr, ExprKind, LogicalOperator, OperatorKind};

impl Parser<'_> {
    pub(super) fn search(&mut self) -> OperatorKind {
        self.bump();
        let parameters = self.parameters(parameters::SEARCH, Names::BeforeEqual);
        if self.at_keyword(Keyword::DataScope) {
            self.data_scope();
        }
        let tables = self.tables_in().unwrap_or_default();
        OperatorKind::Search { parameters, tables, predicate: self.search_predicate() }
    }

    /// An expression, `*`, or `* and expression`
    fn search_predicate(&mut self) -> Expr {
        if let Some(predicate) = self.opt_expression() {
            return predicate;
        }
        if !self.at(TokenKind::Star) {
            return self.missing_expression();
        }
        let start = self.position();
        let star = self.bump();
        let star = Expr::new(ExprKind::Star, star);
        if !self.eat_keyword(Keyword::And) {
            return star;
        }
        let operands = vec![star, self.expression()];
        let kind = ExprKind::Logical { operator: LogicalOperator::And, operands };
        Expr::new(kind, self.span_from(start))
    }
}
