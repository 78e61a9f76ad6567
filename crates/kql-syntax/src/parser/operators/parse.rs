//! `parse kind=simple column with pattern`, `parse-where`

use crate::keyword::Keyword;
use crate::parser::cursor::Parser;
use crate::parser::parameters::{self, Names};
use crate::token::TokenKind;
use crate::tree::{OperatorKind, Parse, ParseColumn, ParsePiece};

impl Parser<'_> {
    pub(super) fn parse_operator(&mut self) -> OperatorKind {
        OperatorKind::Parse(self.parse_parts())
    }

    pub(super) fn parse_where(&mut self) -> OperatorKind {
        OperatorKind::ParseWhere(self.parse_parts())
    }

    fn parse_parts(&mut self) -> Parse {
        self.bump();
        let parameters = self.parameters(parameters::PARSE, Names::BeforeEqual);
        let source = self.expression();
        self.expect_keyword(Keyword::With);
        let mut pattern = Vec::new();
        while let Some(piece) = self.opt_parse_piece() {
            pattern.push(piece);
        }
        Parse { parameters, source, pattern }
    }

    /// `*`, a text, `name`, `name:type`
    fn opt_parse_piece(&mut self) -> Option<ParsePiece> {
        if self.at(TokenKind::Star) {
            return Some(ParsePiece::Star(self.bump()));
        }
        if self.at(TokenKind::String) {
            return self.opt_token_literal().map(ParsePiece::Text);
        }
        if !self.at(TokenKind::Colon) && self.declared_name_length(0).is_none() {
            return None;
        }
        let name = self.declared_name();
        let ty = if self.eat(TokenKind::Colon) { Some(self.type_name()) } else { None };
        Some(ParsePiece::Column(ParseColumn { name, ty }))
    }
}
