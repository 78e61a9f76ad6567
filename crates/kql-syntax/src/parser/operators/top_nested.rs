//! `top-nested number of column with others = value by aggregate, ...`

use crate::keyword::Keyword;
use crate::parser::cursor::Parser;
use crate::parser::lists::List;
use crate::token::TokenKind;
use crate::tree::{Expr, OperatorKind, TopNestedLevel};

impl Parser<'_> {
    pub(super) fn top_nested(&mut self) -> OperatorKind {
        let levels = self.list(List::SOME.of("`top-nested`"), Self::opt_top_nested_level);
        OperatorKind::TopNested { levels }
    }

    fn opt_top_nested_level(&mut self) -> Option<TopNestedLevel> {
        if !self.eat_keyword(Keyword::TopNested) {
            return None;
        }
        let count = self.opt_named().map(|count| count.expr);
        self.expect_keyword(Keyword::Of);
        let of = self.named();
        let others = if self.eat_keyword(Keyword::With) { Some(self.others()) } else { None };
        self.expect_keyword(Keyword::By);
        let ordered = self.ordered();
        let (by, direction) = (ordered.expr, ordered.direction);
        Some(TopNestedLevel { count, of, others, by, direction })
    }

    /// `others = value`
    fn others(&mut self) -> Expr {
        self.expect_keyword(Keyword::Others);
        self.expect(TokenKind::Equal);
        self.opt_literal().unwrap_or_else(|| self.expression())
    }
}
