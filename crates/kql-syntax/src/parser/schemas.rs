//! `name:type` and lists of it.

use super::cursor::Parser;
use super::lists::List;
use super::literals::nowhere;
use crate::keyword::Keyword;
use crate::token::TokenKind;
use crate::tree::{ColumnDeclaration, RowSchema};
use crate::{Identifier, diagnostics};

impl Parser<'_> {
    /// The name of a type that a column or parameter can have.
    pub(super) fn type_name(&mut self) -> Identifier {
        self.type_name_of(Keyword::is_type)
    }

    /// The same with the types that only `find` knows.
    pub(super) fn extended_type_name(&mut self) -> Identifier {
        self.type_name_of(Keyword::is_extended_type)
    }

    fn type_name_of(&mut self, is_type: fn(Keyword) -> bool) -> Identifier {
        let is_some_type = self.keyword().is_some_and(Keyword::is_extended_type);
        if !self.kind().is_name() && !is_some_type {
            self.report_missing("the name of a type");
            return self.missing_identifier();
        }
        if !self.keyword().is_some_and(is_type) {
            let (at, name) = (self.token(0).span, self.nth_text(0));
            self.report(diagnostics::unknown_type(name, at));
        }
        self.bump_identifier()
    }

    /// `name:type`
    pub(super) fn opt_column_declaration(&mut self) -> Option<ColumnDeclaration> {
        if !self.at(TokenKind::Colon) && self.declared_name_length(0).is_none() {
            return None;
        }
        let name = self.declared_name();
        self.expect(TokenKind::Colon);
        Some(ColumnDeclaration { name, ty: self.column_type() })
    }

    fn column_type(&mut self) -> Identifier {
        if !self.at(TokenKind::OpenParen) {
            return self.type_name();
        }
        let at = self.token(0).span;
        self.report(diagnostics::tabular_column(at));
        self.skip_balanced();
        self.missing_identifier()
    }

    /// `(name:type, ...)`
    pub(super) fn row_schema(&mut self) -> RowSchema {
        if !self.at(TokenKind::OpenParen) {
            self.report_missing("columns in parentheses, `(name:type, ...)`");
            return RowSchema { span: nowhere(self.here().start), ..RowSchema::default() };
        }
        let start = self.position();
        let open = self.open(TokenKind::OpenParen);
        self.eat(TokenKind::Comma);
        let columns = self.columns();
        self.close(open, TokenKind::CloseParen);
        RowSchema { columns, is_open: false, span: self.span_from(start) }
    }

    /// `(*)` or `(name:type, ...)`, the type of a tabular parameter.
    pub(super) fn tabular_type(&mut self) -> RowSchema {
        let start = self.position();
        let open = self.open(TokenKind::OpenParen);
        let is_open = self.eat(TokenKind::Star);
        let columns = if is_open { Vec::new() } else { self.columns() };
        self.close(open, TokenKind::CloseParen);
        RowSchema { columns, is_open, span: self.span_from(start) }
    }

    /// `(*, name:type, ...)`, what a plugin gives.
    pub(super) fn plugin_schema(&mut self) -> RowSchema {
        if !self.at(TokenKind::OpenParen) {
            return self.row_schema();
        }
        let start = self.position();
        let open = self.open(TokenKind::OpenParen);
        self.eat(TokenKind::Comma);
        let is_open = self.eat(TokenKind::Star);
        self.eat(TokenKind::Comma);
        let columns = self.columns();
        self.close(open, TokenKind::CloseParen);
        RowSchema { columns, is_open, span: self.span_from(start) }
    }

    pub(super) fn columns(&mut self) -> Vec<ColumnDeclaration> {
        let list = List::ANY.of("a column, `name:type`").with_trailing_comma();
        self.list(list, Self::opt_column_declaration)
    }
}
