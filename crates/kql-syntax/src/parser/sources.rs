//! Expressions that begin with a keyword of their own and give a table, or take one.

use super::cursor::Parser;
use super::lists::List;
use super::parameters::{self, Names};
use crate::keyword::Keyword;
use crate::token::TokenKind;
use crate::tree::{
    Datatable, Expr, ExprKind, ExternalData, MaterializedViewCombine, Operator, OperatorKind,
    OperatorParameter, ParameterValue,
};
use crate::{Identifier, Span};

impl Parser<'_> {
    /// `datatable(schema)[values]`
    pub(super) fn datatable(&mut self) -> Expr {
        let start = self.position();
        self.bump();
        let parameters = self.parameters(parameters::NONE, Names::Any);
        let schema = self.row_schema();
        let open = self.open(TokenKind::OpenBracket);
        self.eat(TokenKind::Comma);
        let values = self.list(List::ANY.of("a value").with_trailing_comma(), Self::opt_literal);
        if !self.at(TokenKind::CloseBracket) && open.is_some() {
            self.report_no_literal();
        }
        self.close(open, TokenKind::CloseBracket);
        let kind = ExprKind::Datatable(Datatable { parameters, schema, values });
        Expr::new(kind, self.span_from(start))
    }

    /// `externaldata(schema)[uris] with (properties)`
    pub(super) fn external_data(&mut self) -> Expr {
        let start = self.position();
        self.bump();
        let parameters = self.parameters(parameters::NONE, Names::Any);
        let schema = self.row_schema();
        let open = self.open(TokenKind::OpenBracket);
        let uris = List::ANY.of("a value").with_trailing_comma();
        let uris = self.list(uris, Self::opt_query_expression);
        self.close(open, TokenKind::CloseBracket);
        let properties =
            if self.eat_keyword(Keyword::With) { self.properties() } else { Vec::new() };
        let kind = ExprKind::ExternalData(ExternalData { parameters, schema, uris, properties });
        Expr::new(kind, self.span_from(start))
    }

    /// `(name = value, ...)`, where any name goes.
    pub(super) fn properties(&mut self) -> Vec<OperatorParameter> {
        let open = self.open(TokenKind::OpenParen);
        let properties = self.list(List::ANY.of("a property"), Self::opt_property);
        self.close(open, TokenKind::CloseParen);
        properties
    }

    fn opt_property(&mut self) -> Option<OperatorParameter> {
        let start = self.position();
        let name = self.opt_declared_name()?;
        self.expect(TokenKind::Equal);
        let value = match self.kind() {
            TokenKind::String
            | TokenKind::Long
            | TokenKind::Real
            | TokenKind::Bool
            | TokenKind::DateTime
            | TokenKind::Guid => self.opt_token_literal().map(ParameterValue::Expr),
            TokenKind::RawGuid => {
                let span = self.bump();
                let kind = super::literals::scalar(TokenKind::Guid, span.text(self.text));
                Some(ParameterValue::Expr(Expr::new(ExprKind::Literal(kind), span)))
            }
            _ => self.opt_declared_name().map(ParameterValue::Name),
        };
        let value = value.unwrap_or_else(|| {
            self.report_missing("a value");
            ParameterValue::Missing
        });
        Some(OperatorParameter { name, value, span: self.span_from(start) })
    }

    /// `__contextual_datatable guid (schema)`
    pub(super) fn contextual_datatable(&mut self) -> Expr {
        let start = self.position();
        self.bump();
        let id = self.opt_literal().or_else(|| self.opt_expression());
        let id = id.unwrap_or_else(|| self.missing_expression());
        let id = Identifier::new(id.span.text(self.text), id.span);
        let schema = self.row_schema();
        Expr::new(ExprKind::ContextualDatatable { id, schema }, self.span_from(start))
    }

    /// `toscalar(query)`
    pub(super) fn scalar_of_query(&mut self) -> Expr {
        self.wrapped_query(Some(&parameters::NO_OPTIMIZATION), ExprKind::ToScalar)
    }

    /// `totable(query)`
    pub(super) fn table_of_query(&mut self) -> Expr {
        self.wrapped_query(Some(&parameters::NO_OPTIMIZATION), ExprKind::ToTable)
    }

    /// `materialize(query)`
    pub(super) fn materialize(&mut self) -> Expr {
        self.wrapped_query(None, ExprKind::Materialize)
    }

    fn wrapped_query(
        &mut self,
        parameter: Option<&'static parameters::Spec>,
        wrap: fn(Box<Expr>) -> ExprKind,
    ) -> Expr {
        let start = self.position();
        self.bump();
        if let Some(parameter) = parameter {
            self.opt_single_parameter(parameter);
        }
        let open = self.open(TokenKind::OpenParen);
        let query = self.query_expression();
        self.close(open, TokenKind::CloseParen);
        Expr::new(wrap(Box::new(query)), self.span_from(start))
    }

    /// `datascope=hotcache`
    pub(super) fn data_scope(&mut self) -> Identifier {
        self.expect_keyword(Keyword::DataScope);
        self.expect(TokenKind::Equal);
        self.word_of(&["all", "hotcache"])
    }

    /// One of a few words.
    pub(super) fn word_of(&mut self, words: &[&str]) -> Identifier {
        if words.contains(&self.nth_text(0)) {
            return self.bump_identifier();
        }
        self.report_expected(&format!("one of {}", words.join(", ")));
        self.missing_identifier()
    }

    /// `materialized-view-combine(name) base(...) delta(...) aggregations(...)`
    pub(super) fn materialized_view_combine(&mut self) -> Expr {
        let start = self.position();
        self.bump();
        let name = self.in_parentheses();
        let base = self.part_of_combine("base");
        let delta = self.part_of_combine("delta");
        let aggregations = Box::new(self.aggregations_of_combine());
        let combine = MaterializedViewCombine { name, base, delta, aggregations };
        let kind = ExprKind::MaterializedViewCombine(Box::new(combine));
        Expr::new(kind, self.span_from(start))
    }

    fn in_parentheses(&mut self) -> Expr {
        let open = self.open(TokenKind::OpenParen);
        let expr = self.query_expression();
        self.close(open, TokenKind::CloseParen);
        expr
    }

    fn eat_part(&mut self, word: &str) -> bool {
        let is_there = self.kind().is_word() && self.nth_text(0) == word;
        if is_there {
            self.bump();
        } else {
            self.report_missing(&format!("`{word}(...)`"));
        }
        is_there
    }

    fn part_of_combine(&mut self, word: &str) -> Expr {
        if self.eat_part(word) { self.in_parentheses() } else { Expr::missing(self.here()) }
    }

    fn aggregations_of_combine(&mut self) -> Operator {
        if self.eat_part("aggregations") {
            let open = self.open(TokenKind::OpenParen);
            let summarize =
                if self.at_keyword(Keyword::Summarize) { self.opt_operator() } else { None };
            if summarize.is_none() {
                self.report_missing_expression();
            }
            self.close(open, TokenKind::CloseParen);
            if let Some(summarize) = summarize {
                return summarize;
            }
        }
        let at = Span::at(self.here().start);
        let kind = OperatorKind::Unknown(self.missing_identifier());
        Operator { kind, keyword: at, span: at }
    }
}
