//! `union tables`

use crate::parser::cursor::Parser;
use crate::parser::lists::List;
use crate::parser::parameters::{self, Names};
use crate::tree::OperatorKind;

impl Parser<'_> {
    pub(super) fn union(&mut self) -> OperatorKind {
        self.bump();
        let parameters = self.parameters(parameters::UNION, Names::BeforeEqual);
        OperatorKind::Union { parameters, tables: self.list(List::SOME, Self::opt_union_operand) }
    }
}
