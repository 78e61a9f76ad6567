//! `join kind=inner (right) on keys`, `lookup (right) on keys`

use crate::keyword::Keyword;
use crate::parser::cursor::Parser;
use crate::parser::lists::List;
use crate::parser::parameters::{self, Names};
use crate::tree::{Join, JoinCondition, OperatorKind};

impl Parser<'_> {
    pub(super) fn join(&mut self) -> OperatorKind {
        self.bump();
        let parameters = self.parameters(parameters::JOIN, Names::BeforeEqual);
        let right = self.expression();
        let condition = if self.eat_keyword(Keyword::Where) {
            JoinCondition::Where(self.expression())
        } else {
            self.join_keys()
        };
        OperatorKind::Join(Box::new(Join { parameters, right, condition }))
    }

    pub(super) fn lookup(&mut self) -> OperatorKind {
        self.bump();
        let parameters = self.parameters(parameters::LOOKUP, Names::BeforeEqual);
        let right = self.expression();
        let condition = self.join_keys();
        if condition == JoinCondition::None {
            self.report_missing("`on` and the columns to look up by");
        }
        OperatorKind::Lookup(Box::new(Join { parameters, right, condition }))
    }

    fn join_keys(&mut self) -> JoinCondition {
        if self.eat_keyword(Keyword::On) {
            JoinCondition::On(self.list(List::OPEN, Self::opt_expression))
        } else {
            JoinCondition::None
        }
    }
}
