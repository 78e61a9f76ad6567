//! `reduce by expression with threshold=0.5, characters="x"`

use crate::keyword::Keyword;
use crate::parser::cursor::Parser;
use crate::parser::parameters::{self, Names};
use crate::tree::OperatorKind;

impl Parser<'_> {
    pub(super) fn reduce(&mut self) -> OperatorKind {
        self.bump();
        let parameters = self.parameters(parameters::REDUCE, Names::Any);
        self.expect_keyword(Keyword::By);
        let by = self.named();
        let with = if self.eat_keyword(Keyword::With) {
            self.parameters_with_commas(
                |parser| parser.opt_parameter(parameters::REDUCE, Names::Any),
                parameters::REDUCE,
            )
        } else {
            Vec::new()
        };
        OperatorKind::Reduce { parameters, by, with }
    }
}
