//! `sort by keys`, `order by keys`

use crate::diagnostics;
use crate::keyword::Keyword;
use crate::parser::cursor::Parser;
use crate::parser::lists::List;
use crate::parser::parameters::{self, Names};
use crate::tree::{NullsOrder, OperatorKind, OrderedExpr, SortDirection};

impl Parser<'_> {
    pub(super) fn sort(&mut self) -> OperatorKind {
        self.bump();
        let parameters = self.parameters(parameters::SORT, Names::Any);
        self.expect_keyword(Keyword::By);
        let keys = self.list(List::SOME, Self::opt_ordered);
        OperatorKind::Sort { parameters, keys }
    }

    /// `expression asc nulls first`
    pub(super) fn opt_ordered(&mut self) -> Option<OrderedExpr> {
        let expr = self.opt_named()?;
        let direction = self.opt_direction();
        let nulls = if self.eat_keyword(Keyword::Nulls) { self.nulls_order() } else { None };
        Some(OrderedExpr { expr, direction, nulls })
    }

    pub(super) fn opt_direction(&mut self) -> Option<SortDirection> {
        let direction = match self.keyword()? {
            Keyword::Asc | Keyword::GrannyAsc => SortDirection::Ascending,
            Keyword::Desc | Keyword::GrannyDesc => SortDirection::Descending,
            _ => return None,
        };
        self.bump();
        Some(direction)
    }

    fn nulls_order(&mut self) -> Option<NullsOrder> {
        if self.eat_keyword(Keyword::First) {
            Some(NullsOrder::First)
        } else if self.eat_keyword(Keyword::Last) {
            Some(NullsOrder::Last)
        } else {
            let (at, found) = (self.here(), self.nth_text(0));
            self.report(diagnostics::missing("`first` or `last`", at, found));
            None
        }
    }
}
