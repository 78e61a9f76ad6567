//! Tables as `union`, `find`, `search` and `restrict` name them: paths with wildcards, without operators around them.

use super::cursor::Parser;
use super::lists::List;
use crate::keyword::Keyword;
use crate::token::TokenKind;
use crate::tree::{Expr, ExprKind, OperatorKind};

impl Parser<'_> {
    /// `T`, `Device*`, `database("d").T*`, `f(x).g()`
    pub(super) fn opt_wildcard_path(&mut self) -> Option<Expr> {
        if let Some(wildcard) = self.opt_wildcard() {
            return Some(wildcard);
        }
        let start = self.position();
        let mut expr = self.opt_path_part()?;
        loop {
            let is_dot = self.at(TokenKind::Dot);
            if !is_dot && !self.at(TokenKind::OpenBracket) {
                return Some(expr);
            }
            if !is_dot {
                expr = self.element(expr, start);
                continue;
            }
            self.bump();
            let wildcard = self.opt_wildcard();
            let is_last = wildcard.is_some();
            let member = wildcard.or_else(|| self.opt_path_part()).unwrap_or_else(|| {
                self.report_missing_name();
                Expr::missing(self.here())
            });
            let kind = ExprKind::Path { base: Box::new(expr), member: Box::new(member) };
            expr = Expr::new(kind, self.span_from(start));
            self.reach(self.deepest + 1);
            if is_last {
                return Some(expr);
            }
        }
    }

    /// `a.b.c`, without calls: a column as `facet` and `partition` take it.
    pub(super) fn opt_simple_path(&mut self) -> Option<Expr> {
        let start = self.position();
        let mut expr = self.opt_selector()?;
        loop {
            expr = match self.kind() {
                TokenKind::Dot => {
                    self.bump();
                    let member = self.opt_selector().unwrap_or_else(|| {
                        self.report_missing_name();
                        Expr::missing(self.here())
                    });
                    let kind = ExprKind::Path { base: Box::new(expr), member: Box::new(member) };
                    Expr::new(kind, self.span_from(start))
                }
                TokenKind::OpenBracket => self.element(expr, start),
                _ => return Some(expr),
            };
            self.reach(self.deepest + 1);
        }
    }

    pub(super) fn simple_path(&mut self) -> Expr {
        self.opt_simple_path().unwrap_or_else(|| {
            self.report_missing_name();
            Expr::missing(self.here())
        })
    }

    /// A path with calls in it, as names of entity groups are written.
    pub(super) fn opt_entity_path(&mut self) -> Option<Expr> {
        let start = self.position();
        let mut expr = self.opt_path_part()?;
        while self.eat(TokenKind::Dot) {
            let member = self.opt_path_part().unwrap_or_else(|| {
                self.report_missing_name();
                Expr::missing(self.here())
            });
            let kind = ExprKind::Path { base: Box::new(expr), member: Box::new(member) };
            expr = Expr::new(kind, self.span_from(start));
            self.reach(self.deepest + 1);
        }
        Some(expr)
    }

    fn opt_path_part(&mut self) -> Option<Expr> {
        self.opt_call().or_else(|| self.opt_selector())
    }

    /// A table of `union`.
    pub(super) fn opt_union_operand(&mut self) -> Option<Expr> {
        if self.at(TokenKind::OpenParen) {
            return Some(self.parenthesized());
        }
        self.opt_wildcard_path()
    }

    /// `in (tables)` behind `find` and `search`.
    pub(super) fn tables_in(&mut self) -> Option<Vec<Expr>> {
        if !self.eat_keyword(Keyword::In) {
            return None;
        }
        let open = self.open(TokenKind::OpenParen);
        let tables = self.list(List::SOME, Self::opt_find_operand);
        self.close(open, TokenKind::CloseParen);
        Some(tables)
    }

    /// A table of `find`, perhaps with `| as name` behind it.
    fn opt_find_operand(&mut self) -> Option<Expr> {
        let start = self.position();
        let table = self.opt_wildcard_path()?;
        let is_name = matches!(table.kind, ExprKind::Name(_) | ExprKind::Wildcard(_));
        if !is_name || !self.at(TokenKind::Bar) {
            return Some(table);
        }
        self.bump();
        let operator = self.operator();
        if !matches!(operator.kind, OperatorKind::As { .. }) {
            self.report_expected("`as`");
        }
        let kind = ExprKind::Pipe { source: Box::new(table), operators: vec![operator] };
        Some(Expr::new(kind, self.span_from(start)))
    }
}
