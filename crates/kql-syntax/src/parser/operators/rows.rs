//! `where`, `take`, `sample`, `sample-distinct`

use crate::keyword::Keyword;
use crate::parser::cursor::Parser;
use crate::parser::parameters::{self, Names};
use crate::tree::OperatorKind;

impl Parser<'_> {
    pub(super) fn where_operator(&mut self) -> OperatorKind {
        self.bump();
        let parameters = self.parameters(parameters::NONE, Names::BeforeEqual);
        OperatorKind::Where { parameters, predicate: self.expression_without_its_name() }
    }

    pub(super) fn take(&mut self) -> OperatorKind {
        self.bump();
        let parameters = self.parameters(parameters::NONE, Names::BeforeEqual);
        OperatorKind::Take { parameters, count: self.expression_without_its_name() }
    }

    pub(super) fn sample(&mut self) -> OperatorKind {
        self.bump();
        let parameters = self.parameters(parameters::NONE, Names::BeforeEqual);
        OperatorKind::Sample { parameters, count: self.expression_without_its_name() }
    }

    pub(super) fn sample_distinct(&mut self) -> OperatorKind {
        self.bump();
        let parameters = self.parameters(parameters::NONE, Names::BeforeEqual);
        let count = self.expression_without_its_name();
        self.expect_keyword(Keyword::Of);
        OperatorKind::SampleDistinct { parameters, count, of: self.named() }
    }
}
