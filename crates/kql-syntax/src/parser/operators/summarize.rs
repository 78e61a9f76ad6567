//! `summarize aggregates by keys`

use crate::keyword::Keyword;
use crate::parser::cursor::Parser;
use crate::parser::lists::List;
use crate::parser::parameters::{self, Names};
use crate::token::TokenKind;
use crate::tree::{Expr, OperatorKind, Summarize};

impl Parser<'_> {
    pub(super) fn summarize(&mut self) -> OperatorKind {
        self.bump();
        let parameters = self.parameters(parameters::SUMMARIZE, Names::BeforeEqual);
        let list = List::ANY.until(|parser| parser.at_list_end_or(&[Keyword::By]));
        let aggregates = self.list(list, Self::opt_named);
        let has_by = self.eat_keyword(Keyword::By);
        let keys = List::SOME.until(|parser| parser.at_list_end() || parser.at_legacy_bin());
        let by = if has_by { self.list(keys, Self::opt_named) } else { Vec::new() };
        let bin = if has_by { self.opt_legacy_bin() } else { None };
        OperatorKind::Summarize(Box::new(Summarize { parameters, aggregates, has_by, by, bin }))
    }

    /// `by key bin = 1h`
    fn at_legacy_bin(&self) -> bool {
        self.at_keyword(Keyword::Bin) && self.nth(1) == TokenKind::Equal && self.nth(2).is_literal()
    }

    fn opt_legacy_bin(&mut self) -> Option<Expr> {
        let is_there = self.at_keyword(Keyword::Bin) && self.nth(1) == TokenKind::Equal;
        if !is_there {
            return None;
        }
        self.skip(2);
        Some(self.expression())
    }
}
