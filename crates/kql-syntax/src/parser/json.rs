//! `dynamic(...)`: JSON, with KQL's own literals among its values.

use std::sync::Arc;

use super::cursor::Parser;
use super::lists::List;
use super::literals::{inside, without_quotes};
use crate::keyword::Keyword;
use crate::lexer::strings;
use crate::token::TokenKind;
use crate::tree::{Expr, ExprKind, Json, JsonKind, Literal};
use crate::{Span, diagnostics};

impl Parser<'_> {
    /// `dynamic(...)`
    pub(super) fn opt_dynamic(&mut self) -> Option<Expr> {
        let start = self.position();
        let value = self.opt_dynamic_value()?;
        Some(Expr::new(ExprKind::Literal(Literal::Dynamic(value)), self.span_from(start)))
    }

    fn opt_dynamic_value(&mut self) -> Option<Json> {
        if !self.at_keyword(Keyword::Dynamic) || self.nth(1) != TokenKind::OpenParen {
            return None;
        }
        self.bump();
        let open = self.open(TokenKind::OpenParen);
        let value = self.json();
        self.close(open, TokenKind::CloseParen);
        Some(value)
    }

    fn json(&mut self) -> Json {
        self.opt_json().unwrap_or_else(|| {
            self.report_missing("a JSON value");
            Json { kind: JsonKind::Null, span: Span::at(self.here().start) }
        })
    }

    fn opt_json(&mut self) -> Option<Json> {
        self.nested(Self::opt_json_here)
    }

    fn opt_json_here(&mut self) -> Option<Json> {
        use TokenKind as T;
        let start = self.position();
        let kind = match self.kind() {
            T::Minus => self.opt_negative()?,
            T::OpenBracket => self.json_array(),
            T::OpenBrace if self.client_parameter_length().is_some() => {
                self.opt_client_parameter();
                JsonKind::Null
            }
            T::OpenBrace => self.json_bag(),
            T::Keyword(Keyword::Null) => {
                self.bump();
                JsonKind::Null
            }
            T::Keyword(Keyword::Dynamic) => self.opt_dynamic_value()?.kind,
            T::Int => return None,
            T::String => JsonKind::String(Arc::from(self.joined_strings().0)),
            kind if kind.is_literal() => self.json_scalar(kind),
            _ => return None,
        };
        Some(Json { kind, span: self.span_from(start) })
    }

    fn json_scalar(&mut self, kind: TokenKind) -> JsonKind {
        let (span, text) = (self.token(0).span, self.nth_text(0));
        if kind == TokenKind::RawGuid {
            self.report(diagnostics::raw_guid(text, span));
        }
        self.bump();
        json_scalar(kind, text)
    }

    fn opt_negative(&mut self) -> Option<JsonKind> {
        let kind = self.nth(1);
        if !matches!(kind, TokenKind::Long | TokenKind::Real) {
            return None;
        }
        let number = inside(self.nth_text(1));
        self.skip(2);
        let text = Arc::from(format!("-{number}"));
        Some(if kind == TokenKind::Long { JsonKind::Long(text) } else { JsonKind::Real(text) })
    }

    fn json_array(&mut self) -> JsonKind {
        let open = self.open(TokenKind::OpenBracket);
        let elements = self.list(List::ANY.of("a JSON value"), Self::opt_json);
        self.close(open, TokenKind::CloseBracket);
        JsonKind::Array(elements)
    }

    fn json_bag(&mut self) -> JsonKind {
        let open = self.open(TokenKind::OpenBrace);
        let entries = self.list(List::ANY.of("a key and a value"), Self::opt_entry);
        self.close(open, TokenKind::CloseBrace);
        JsonKind::Bag(entries)
    }

    /// `"key": value`
    fn opt_entry(&mut self) -> Option<(Arc<str>, Json)> {
        let key = match self.kind() {
            TokenKind::String => {
                let (value, _) = strings::value(self.nth_text(0));
                self.bump();
                value
            }
            TokenKind::Colon => {
                self.report_missing("a key");
                String::new()
            }
            kind if kind.is_word() && self.nth(1) == TokenKind::Colon => {
                let (span, text) = (self.token(0).span, self.nth_text(0));
                self.report(diagnostics::unquoted_key(span, text));
                self.bump();
                text.to_owned()
            }
            _ => {
                let value = self.opt_json()?;
                self.report_expected("a key in quotes before a value");
                return Some((Arc::from(""), value));
            }
        };
        self.expect(TokenKind::Colon);
        Some((Arc::from(key), self.json()))
    }
}

fn json_scalar(kind: TokenKind, text: &str) -> JsonKind {
    let inside = inside(text);
    if inside == "null" {
        return JsonKind::Null;
    }
    match kind {
        TokenKind::Bool => JsonKind::Bool(inside.eq_ignore_ascii_case("true") || inside == "1"),
        TokenKind::Real => JsonKind::Real(Arc::from(inside)),
        TokenKind::DateTime => JsonKind::DateTime(without_quotes(inside)),
        TokenKind::TimeSpan => JsonKind::TimeSpan(without_quotes(inside)),
        TokenKind::Guid | TokenKind::RawGuid => JsonKind::Guid(without_quotes(inside)),
        TokenKind::Decimal => JsonKind::Decimal(Arc::from(inside)),
        _ => JsonKind::Long(Arc::from(inside)),
    }
}
