//! `parse-kv column as (schema) with (properties)`

use crate::keyword::Keyword;
use crate::parser::cursor::Parser;
use crate::parser::parameters::{self, Names};
use crate::token::TokenKind;
use crate::tree::{OperatorKind, OperatorParameter};

impl Parser<'_> {
    pub(super) fn parse_kv(&mut self) -> OperatorKind {
        self.bump();
        let source = self.expression();
        self.expect_keyword(Keyword::As);
        let schema = self.row_schema();
        let with = if self.eat_keyword(Keyword::With) { self.parse_kv_with() } else { Vec::new() };
        OperatorKind::ParseKv { parameters: Vec::new(), source, schema, with }
    }

    fn parse_kv_with(&mut self) -> Vec<OperatorParameter> {
        let open = self.open(TokenKind::OpenParen);
        let properties = self.parameters_with_commas(
            |parser| parser.opt_parameter(parameters::PARSE_KV, Names::Own),
            parameters::PARSE_KV,
        );
        self.close(open, TokenKind::CloseParen);
        properties
    }
}
