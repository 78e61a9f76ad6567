//! Literals.

use std::sync::Arc;

use super::cursor::Parser;
use super::lists::List;
use crate::keyword::Keyword;
use crate::lexer::strings;
use crate::token::TokenKind;
use crate::tree::{
    ColumnDeclaration, Expr, ExprKind, Literal, RowSchema, StringLiteral, TypeLiteral,
};
use crate::{Span, diagnostics};

impl Parser<'_> {
    /// A literal, signed numbers included, as values of `datatable`, defaults and parameters are written.
    pub(super) fn opt_literal(&mut self) -> Option<Expr> {
        match self.kind() {
            TokenKind::Keyword(Keyword::Dynamic) => self.opt_dynamic(),
            TokenKind::Keyword(Keyword::TypeOf) => self.opt_type_of(),
            TokenKind::Plus | TokenKind::Minus => self.opt_signed_number(),
            TokenKind::OpenBrace => {
                let name = self.opt_client_parameter()?;
                let span = name.span;
                Some(Expr::new(ExprKind::Name(name), span))
            }
            _ => self.opt_token_literal(),
        }
    }

    /// A literal of one token, or of several strings side by side.
    pub(super) fn opt_token_literal(&mut self) -> Option<Expr> {
        let (token, text) = (self.token(0), self.nth_text(0));
        if !token.kind.is_literal() {
            return None;
        }
        let start = self.position();
        let literal = match token.kind {
            TokenKind::String => self.strings(),
            TokenKind::RawGuid => {
                self.report(diagnostics::raw_guid(text, token.span));
                self.bump();
                Literal::Guid(Arc::from(text))
            }
            kind => {
                self.bump();
                scalar(kind, text)
            }
        };
        Some(Expr::new(ExprKind::Literal(literal), self.span_from(start)))
    }

    fn strings(&mut self) -> Literal {
        let (value, is_hidden) = self.joined_strings();
        Literal::String(StringLiteral { value: Arc::from(value), is_hidden })
    }

    /// Whether a sign and a number stand side by side.
    pub(super) fn at_signed_number(&self) -> bool {
        let is_number =
            matches!(self.nth(1), TokenKind::Long | TokenKind::Real | TokenKind::TimeSpan);
        let is_signed = matches!(self.kind(), TokenKind::Plus | TokenKind::Minus);
        let is_bare = self.nth_text(1).starts_with(|first: char| first.is_ascii_digit());
        is_signed && is_number && is_bare && self.is_glued(1)
    }

    fn opt_signed_number(&mut self) -> Option<Expr> {
        if !self.at_signed_number() {
            return None;
        }
        let (start, kind) = (self.position(), self.nth(1));
        self.skip(2);
        let span = self.span_from(start);
        let literal = scalar(kind, span.text(self.text).trim_start_matches('+'));
        Some(Expr::new(ExprKind::Literal(literal), span))
    }

    /// A number that is a real one whether or not it is written with a point.
    pub(super) fn opt_forced_real(&mut self) -> Option<Expr> {
        let mut number = self.opt_literal()?;
        if let ExprKind::Literal(Literal::Long(text)) = &number.kind {
            number.kind = ExprKind::Literal(Literal::Real(Arc::clone(text)));
        }
        Some(number)
    }

    /// `typeof(long)`, `typeof(*, a:long)`; without a parenthesis it is a name.
    pub(super) fn opt_type_of(&mut self) -> Option<Expr> {
        if !self.at_keyword(Keyword::TypeOf) || self.nth(1) != TokenKind::OpenParen {
            return None;
        }
        let start = self.position();
        let is_one_type = self.nth(2).keyword().is_some_and(Keyword::is_extended_type)
            || self.nth(2) == TokenKind::Identifier && self.nth(3) == TokenKind::CloseParen;
        self.bump();
        let open = self.open(TokenKind::OpenParen);
        let literal = if is_one_type {
            TypeLiteral::Scalar(self.bump_identifier())
        } else {
            TypeLiteral::Row(self.row_of_type())
        };
        self.close(open, TokenKind::CloseParen);
        Some(Expr::new(ExprKind::Literal(Literal::Type(literal)), self.span_from(start)))
    }

    fn row_of_type(&mut self) -> RowSchema {
        let start = self.position();
        let elements = self.list(List::ANY.of("a type name"), Self::opt_element_of_type);
        let is_open = elements.iter().any(Option::is_none);
        RowSchema {
            columns: elements.into_iter().flatten().collect(),
            is_open,
            span: self.span_from(start),
        }
    }

    /// `*`, which is no column, or `name:type`.
    fn opt_element_of_type(&mut self) -> Option<Option<ColumnDeclaration>> {
        if self.eat(TokenKind::Star) { Some(None) } else { self.opt_column_declaration().map(Some) }
    }
}

/// The literal that a token of `kind` stands for.
pub(super) fn scalar(kind: TokenKind, text: &str) -> Literal {
    let inside = inside(text);
    match kind {
        TokenKind::Bool => Literal::Bool(Arc::from(inside)),
        TokenKind::Int => Literal::Int(Arc::from(inside)),
        TokenKind::Real => Literal::Real(Arc::from(inside)),
        TokenKind::Decimal => Literal::Decimal(Arc::from(inside)),
        TokenKind::DateTime => Literal::DateTime(without_quotes(inside)),
        TokenKind::TimeSpan => Literal::TimeSpan(without_quotes(inside)),
        TokenKind::Guid | TokenKind::RawGuid => Literal::Guid(without_quotes(inside)),
        _ => Literal::Long(Arc::from(inside)),
    }
}

/// What stands between the parentheses of a literal that has any.
pub(super) fn inside(text: &str) -> &str {
    let behind = text.split_once('(').map(|(_, behind)| behind);
    behind.map_or(text, |behind| behind.strip_suffix(')').unwrap_or(behind).trim())
}

/// `datetime("2020-01-01")` is `datetime(2020-01-01)`.
pub(super) fn without_quotes(text: &str) -> Arc<str> {
    let is_quoted = text.len() > 1
        && text.starts_with(['"', '\'', '@', 'h', 'H'])
        && text.ends_with(['"', '\'']);
    if is_quoted { Arc::from(strings::value(text).0) } else { Arc::from(text) }
}

/// An empty place, for nodes made where nothing is written.
pub(super) const fn nowhere(at: u32) -> Span {
    Span::at(at)
}
