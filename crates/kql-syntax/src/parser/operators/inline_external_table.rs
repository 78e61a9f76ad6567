//! `inline_external_table (schema) kind=storage partition by (...) pathformat=(...) dataformat=csv (uris) with (...)`

use crate::Identifier;
use crate::keyword::Keyword;
use crate::parser::cursor::Parser;
use crate::parser::lists::List;
use crate::token::TokenKind;
use crate::tree::{
    ColumnDeclaration, Expr, ExternalPartition, InlineExternalTable, OperatorKind, PathPiece,
};

impl Parser<'_> {
    pub(super) fn opt_inline_external_table(&mut self) -> Option<OperatorKind> {
        let begins = self.nth_is_keyword(1, Keyword::Kind) || self.at_schema_of_external(1);
        if !begins {
            return None;
        }
        self.bump();
        let has_schema = self.at_schema_of_external(0);
        let schema = if has_schema { Some(self.row_schema()) } else { None };
        let kind = self.external_kind();
        let is_delta = kind.name.eq_ignore_ascii_case("delta");
        if schema.is_none() && !is_delta {
            self.report_missing("columns in parentheses, `(name:type, ...)`");
        }
        let partition_by = self.external_partitions();
        let path_format = self.path_format();
        let data_format = self.data_format();
        if data_format.is_none() && !is_delta {
            self.report_missing("`dataformat=...`");
        }
        let uris = self.external_uris();
        let has_properties = self.eat_keyword(Keyword::With);
        let properties = if has_properties { self.properties() } else { Vec::new() };
        Some(OperatorKind::InlineExternalTable(Box::new(InlineExternalTable {
            schema,
            kind,
            partition_by,
            path_format,
            data_format,
            uris,
            properties,
        })))
    }

    /// Whether `(name:` stands here; parentheses with anything else in them hold addresses.
    fn at_schema_of_external(&self, ahead: usize) -> bool {
        let is_open = self.nth(ahead) == TokenKind::OpenParen;
        let first = ahead + 1 + usize::from(self.nth(ahead + 1) == TokenKind::Comma);
        let name = self.declared_name_length(first).filter(|_| is_open);
        name.is_some_and(|length| self.nth(first + length) == TokenKind::Colon)
    }

    /// `kind=storage`
    fn external_kind(&mut self) -> Identifier {
        self.expect_keyword(Keyword::Kind);
        self.expect(TokenKind::Equal);
        self.word_of(&["storage", "delta"])
    }

    /// `partition by (name:type = expression, ...)`
    fn external_partitions(&mut self) -> Vec<ExternalPartition> {
        if !self.eat_keyword(Keyword::Partition) {
            return Vec::new();
        }
        self.expect_keyword(Keyword::By);
        let open = self.open(TokenKind::OpenParen);
        self.eat(TokenKind::Comma);
        let list = List::ANY.of("a column, `name:type`").with_trailing_comma();
        let partitions = self.list(list, Self::opt_external_partition);
        self.close(open, TokenKind::CloseParen);
        partitions
    }

    fn opt_external_partition(&mut self) -> Option<ExternalPartition> {
        let name = self.opt_declared_name()?;
        self.expect(TokenKind::Colon);
        let ty = match self.keyword() {
            Some(Keyword::DateTime | Keyword::Long | Keyword::String) => self.bump_identifier(),
            _ => {
                self.report_expected("`datetime`, `long` or `string`");
                self.missing_identifier()
            }
        };
        let has_value = self.eat(TokenKind::Equal);
        let value = if has_value { Some(self.expression()) } else { None };
        Some(ExternalPartition { column: ColumnDeclaration { name, ty }, value })
    }

    /// `pathformat=("text" column datetime_pattern("yyyy", column))`
    fn path_format(&mut self) -> Vec<PathPiece> {
        if !self.eat_keyword(Keyword::PathFormat) {
            return Vec::new();
        }
        self.expect(TokenKind::Equal);
        let open = self.open(TokenKind::OpenParen);
        let mut pieces = Vec::new();
        while let Some(piece) = self.opt_path_piece() {
            pieces.push(piece);
        }
        if !pieces.iter().any(|piece| !matches!(piece, PathPiece::Text(_))) {
            self.report_missing("a column of the partition");
        }
        self.close(open, TokenKind::CloseParen);
        pieces
    }

    fn opt_path_piece(&mut self) -> Option<PathPiece> {
        if self.at(TokenKind::String) {
            return self.opt_token_literal().map(PathPiece::Text);
        }
        if !self.eat_keyword(Keyword::DateTimePattern) {
            return self.opt_name().map(PathPiece::Column);
        }
        let open = self.open(TokenKind::OpenParen);
        let pattern = self.opt_token_literal().unwrap_or_else(|| self.missing_expression());
        self.expect(TokenKind::Comma);
        let column = self.name();
        self.close(open, TokenKind::CloseParen);
        Some(PathPiece::DateTime { pattern, column })
    }

    /// `dataformat=csv`
    fn data_format(&mut self) -> Option<Identifier> {
        if !self.eat_keyword(Keyword::DataFormat) {
            return None;
        }
        self.expect(TokenKind::Equal);
        Some(self.name())
    }

    fn external_uris(&mut self) -> Vec<Expr> {
        let open = self.open(TokenKind::OpenParen);
        let list = List::ANY.of("a value").with_trailing_comma();
        let uris = self.list(list, Self::opt_query_expression);
        self.close(open, TokenKind::CloseParen);
        uris
    }
}
