//! `evaluate plugin(arguments) : (schema)`

use crate::parser::cursor::Parser;
use crate::parser::parameters::{self, Names};
use crate::token::TokenKind;
use crate::tree::{Call, OperatorKind};

impl Parser<'_> {
    pub(super) fn evaluate(&mut self) -> OperatorKind {
        self.bump();
        let parameters = self.parameters(parameters::EVALUATE, Names::Any);
        let call = self.plugin_call();
        let schema = if self.eat(TokenKind::Colon) { Some(self.plugin_schema()) } else { None };
        OperatorKind::Evaluate { parameters, call, schema }
    }

    fn plugin_call(&mut self) -> Call {
        if self.at_call() {
            return self.call();
        }
        match self.opt_name() {
            Some(name) => {
                self.report_expected("`(`");
                Call { name, arguments: Vec::new() }
            }
            None => {
                self.report_missing("a call of a plugin, `name(...)`");
                Call { name: self.missing_identifier(), arguments: Vec::new() }
            }
        }
    }
}
