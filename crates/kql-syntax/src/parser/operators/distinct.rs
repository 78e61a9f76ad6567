//! `distinct columns`

use crate::parser::cursor::Parser;
use crate::parser::lists::List;
use crate::parser::parameters::{self, Names};
use crate::parser::primary::unnamed;
use crate::token::TokenKind;
use crate::tree::{Expr, ExprKind, NamedExpr, OperatorKind};

impl Parser<'_> {
    pub(super) fn distinct(&mut self) -> OperatorKind {
        self.bump();
        let parameters = self.parameters(parameters::DISTINCT, Names::BeforeEqual);
        let columns = self.list(List::SOME, Self::opt_distinct_column);
        OperatorKind::Distinct { parameters, columns }
    }

    fn opt_distinct_column(&mut self) -> Option<NamedExpr> {
        if !self.at(TokenKind::Star) {
            return self.opt_named();
        }
        let span = self.bump();
        Some(unnamed(Expr::new(ExprKind::Star, span)))
    }
}
