//! `top number by key`, `top-hitters number of column by weight`

use crate::keyword::Keyword;
use crate::parser::cursor::Parser;
use crate::parser::parameters::{self, Names};
use crate::parser::primary::unnamed;
use crate::tree::{OperatorKind, OrderedExpr};

impl Parser<'_> {
    pub(super) fn top(&mut self) -> OperatorKind {
        self.bump();
        let parameters = self.parameters(parameters::TOP, Names::BeforeEqual);
        let count = self.expression_without_its_name();
        self.expect_keyword(Keyword::By);
        OperatorKind::Top { parameters, count, keys: vec![self.ordered()] }
    }

    pub(super) fn ordered(&mut self) -> OrderedExpr {
        self.opt_ordered().unwrap_or_else(|| {
            let expr = unnamed(self.missing_expression());
            OrderedExpr { expr, direction: None, nulls: None }
        })
    }

    pub(super) fn top_hitters(&mut self) -> OperatorKind {
        self.bump();
        let count = self.expression_without_its_name();
        self.expect_keyword(Keyword::Of);
        let of = self.named();
        let by = if self.eat_keyword(Keyword::By) { Some(self.named()) } else { None };
        OperatorKind::TopHitters { parameters: Vec::new(), count, of, by }
    }
}
