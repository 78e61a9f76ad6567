//! `mv-expand columns`, `mv-apply columns on (operators)`

use crate::Identifier;
use crate::keyword::Keyword;
use crate::parser::cursor::Parser;
use crate::parser::lists::List;
use crate::parser::parameters::{self, Names};
use crate::parser::primary::unnamed;
use crate::token::TokenKind;
use crate::tree::{
    ExpandColumn, Expr, ExprKind, Literal, MvApply, MvExpand, OperatorKind, TypeLiteral,
};

const BEHIND_APPLIED: &[Keyword] = &[Keyword::Limit, Keyword::Id, Keyword::On];

impl Parser<'_> {
    pub(super) fn mv_expand(&mut self) -> OperatorKind {
        self.bump();
        let parameters = self.parameters(parameters::MV_EXPAND, Names::BeforeEqual);
        let list = List::SOME.until(|parser| parser.at_list_end_or(&[Keyword::Limit]));
        let columns = self.list(list, Self::opt_expand_column);
        let limit = self.opt_limit();
        OperatorKind::MvExpand(Box::new(MvExpand { parameters, columns, limit }))
    }

    pub(super) fn mv_apply(&mut self) -> OperatorKind {
        self.bump();
        let parameters = self.parameters(parameters::MV_APPLY, Names::BeforeEqual);
        let columns = self
            .list(List::SOME.until(|parser| parser.at_end_of_applied()), Self::opt_expand_column);
        let limit = self.opt_limit();
        let id = if self.eat_keyword(Keyword::Id) { Some(self.expression()) } else { None };
        self.expect_keyword(Keyword::On);
        let open = self.open(TokenKind::OpenParen);
        let body = self.sub_query();
        self.close(open, TokenKind::CloseParen);
        OperatorKind::MvApply(Box::new(MvApply { parameters, columns, limit, id, body }))
    }

    /// `limit`, `id` and `on` may be names of columns too; what follows tells.
    fn at_end_of_applied(&self) -> bool {
        let is_name = matches!(self.nth(1), TokenKind::Comma | TokenKind::Equal)
            || self.nth_is_keyword(1, Keyword::To);
        let is_clause = self.keyword().is_some_and(|keyword| BEHIND_APPLIED.contains(&keyword));
        self.at_list_end() || is_clause && !is_name
    }

    fn opt_limit(&mut self) -> Option<Expr> {
        self.eat_keyword(Keyword::Limit).then(|| self.expression())
    }

    /// `name = expression to typeof(type)`
    fn opt_expand_column(&mut self) -> Option<ExpandColumn> {
        let is_empty = self.at_keyword(Keyword::To) && self.nth(1) != TokenKind::Equal;
        let expr = if is_empty { unnamed(self.missing_expression()) } else { self.opt_named()? };
        let ty = if self.eat_keyword(Keyword::To) { self.expanded_type() } else { None };
        Some(ExpandColumn { expr, ty })
    }

    /// `typeof(type)`
    fn expanded_type(&mut self) -> Option<Identifier> {
        let Some(literal) = self.opt_type_of() else {
            self.report_missing("`typeof(...)`");
            return None;
        };
        match literal.kind {
            ExprKind::Literal(Literal::Type(TypeLiteral::Scalar(ty))) => Some(ty),
            _ => {
                self.report_expected("one type in `typeof(...)`");
                None
            }
        }
    }
}
