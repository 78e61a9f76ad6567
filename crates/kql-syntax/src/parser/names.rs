//! Names: plain, in brackets, with wildcards.

use super::cursor::Parser;
use crate::token::TokenKind;
use crate::tree::{Expr, ExprKind};
use crate::{Identifier, Span, diagnostics, lexer};

impl Parser<'_> {
    /// The identifier of the tokens from `start` on, called `name`.
    pub(super) fn identifier_from(&self, start: usize, name: &str) -> Identifier {
        Identifier::new(name, self.span_from(start))
    }

    /// Takes one token as a name.
    pub(super) fn bump_identifier(&mut self) -> Identifier {
        let name = self.nth_text(0);
        let span = self.bump();
        Identifier::new(name, span)
    }

    /// An empty name, reported by the caller.
    pub(super) fn missing_identifier(&self) -> Identifier {
        Identifier::new("", Span::at(self.here().start))
    }

    pub(super) fn report_missing_name(&mut self) {
        let (at, found) = (self.here(), self.nth_text(0));
        self.report(diagnostics::missing_name(at, found, self.keyword().is_some()));
    }

    /// `name`, `['name']`
    pub(super) fn opt_name(&mut self) -> Option<Identifier> {
        match self.kind() {
            TokenKind::OpenBracket => self.opt_bracketed_name(),
            TokenKind::OpenBrace => self.opt_client_parameter(),
            kind => kind.is_name().then(|| self.bump_identifier()),
        }
    }

    /// The same, and the keywords that may stand left of a `=`.
    pub(super) fn opt_declared_name(&mut self) -> Option<Identifier> {
        if self.kind().is_declarable() { Some(self.bump_identifier()) } else { self.opt_name() }
    }

    pub(super) fn name(&mut self) -> Identifier {
        self.opt_name().unwrap_or_else(|| {
            self.report_missing_name();
            self.missing_identifier()
        })
    }

    pub(super) fn declared_name(&mut self) -> Identifier {
        self.opt_declared_name().unwrap_or_else(|| {
            self.report_missing_name();
            self.missing_identifier()
        })
    }

    /// How many tokens a name takes; none where no name begins.
    pub(super) fn name_length(&self, ahead: usize) -> Option<usize> {
        match self.nth(ahead) {
            TokenKind::OpenBracket => self.bracketed_name_length(ahead),
            TokenKind::OpenBrace => {
                let is_name = self.nth(ahead + 1).is_name();
                (is_name && self.nth(ahead + 2) == TokenKind::CloseBrace).then_some(3)
            }
            kind => kind.is_name().then_some(1),
        }
    }

    /// The same for names left of a `=`.
    pub(super) fn declared_name_length(&self, ahead: usize) -> Option<usize> {
        if self.nth(ahead).is_declarable() { Some(1) } else { self.name_length(ahead) }
    }

    /// How many string literals stand side by side.
    pub(super) fn strings_length(&self, ahead: usize) -> usize {
        (ahead..).take_while(|&ahead| self.nth(ahead) == TokenKind::String).count()
    }

    fn bracketed_name_length(&self, ahead: usize) -> Option<usize> {
        let strings = self.strings_length(ahead + 1);
        let closes = self.nth(ahead + 1 + strings) == TokenKind::CloseBracket;
        (self.nth(ahead) == TokenKind::OpenBracket && strings > 0 && closes).then_some(strings + 2)
    }

    fn opt_bracketed_name(&mut self) -> Option<Identifier> {
        self.bracketed_name_length(0)?;
        let start = self.position();
        self.bump();
        let (name, _) = self.joined_strings();
        self.bump();
        Some(self.identifier_from(start, &name))
    }

    /// Takes the string literals that stand side by side; gives their value and whether one is hidden.
    pub(super) fn joined_strings(&mut self) -> (String, bool) {
        let mut joined = String::new();
        let mut is_hidden = false;
        while self.at(TokenKind::String) {
            let (value, hidden) = lexer::strings::value(self.nth_text(0));
            joined.push_str(&value);
            is_hidden |= hidden;
            self.bump();
        }
        (joined, is_hidden)
    }

    /// `{name}` or `{name[1]}` without a space: a placeholder that only an editor can fill.
    pub(super) fn opt_client_parameter(&mut self) -> Option<Identifier> {
        let length = self.client_parameter_length()?;
        let start = self.position();
        let span = self.token(0).span.to(self.token(length - 1).span);
        self.report(diagnostics::client_parameter(span.text(self.text), span));
        self.skip(length);
        let name = span.text(self.text).trim_matches(['{', '}']);
        Some(self.identifier_from(start, name))
    }

    /// How many tokens a placeholder takes.
    pub(super) fn client_parameter_length(&self) -> Option<usize> {
        use TokenKind as T;
        let is_glued = |ahead, kind| self.nth(ahead) == kind && self.is_glued(ahead);
        if !self.at(T::OpenBrace) || !self.nth(1).is_word() || !self.is_glued(1) {
            return None;
        }
        let mut length = 2;
        if is_glued(length, T::OpenBracket) {
            length += 1 + usize::from(is_glued(length + 1, T::Minus));
            if !is_glued(length, T::Long) || !is_glued(length + 1, T::CloseBracket) {
                return None;
            }
            length += 2;
        }
        is_glued(length, T::CloseBrace).then_some(length + 1)
    }

    // Wildcards.

    /// How many tokens a name with `*` in it takes: they stand without a space between them.
    pub(super) fn wildcard_length(&self, ahead: usize) -> Option<usize> {
        let begins = if self.nth(ahead) == TokenKind::Star {
            1
        } else if self.nth(ahead).is_declarable()
            && self.nth(ahead + 1) == TokenKind::Star
            && self.is_glued(ahead + 1)
        {
            2
        } else {
            return None;
        };
        let goes_on = |&ahead: &usize| {
            let kind = self.nth(ahead);
            let is_part = matches!(kind, TokenKind::Star | TokenKind::Long) || kind.is_declarable();
            is_part && self.is_glued(ahead)
        };
        Some(begins + (ahead + begins..).take_while(goes_on).count())
    }

    /// `Device*`, `*_CL`, `*`
    pub(super) fn opt_wildcard(&mut self) -> Option<Expr> {
        let length = self.wildcard_length(0)?;
        let start = self.position();
        self.skip(length);
        let span = self.span_from(start);
        let name = Identifier::new(span.text(self.text), span);
        Some(Expr::new(ExprKind::Wildcard(name), span))
    }

    /// `[Device*]`
    pub(super) fn opt_bracketed_wildcard(&mut self) -> Option<Expr> {
        let is_there = self.at(TokenKind::OpenBracket) && self.wildcard_length(1).is_some();
        if !is_there {
            return None;
        }
        let start = self.position();
        let open = self.open(TokenKind::OpenBracket);
        let wildcard = self.opt_wildcard()?;
        self.close(open, TokenKind::CloseBracket);
        Some(Expr::new(wildcard.kind, self.span_from(start)))
    }

    /// A name or a wildcard, as `project-away` and its kin take them.
    pub(super) fn opt_column_pattern(&mut self) -> Option<Expr> {
        if let Some(wildcard) = self.opt_wildcard() {
            return Some(wildcard);
        }
        self.opt_name_expression()
    }

    /// A name as an expression.
    pub(super) fn opt_name_expression(&mut self) -> Option<Expr> {
        let name = self.opt_name()?;
        let span = name.span;
        Some(Expr::new(ExprKind::Name(name), span))
    }

    /// A column, by its name only.
    pub(super) fn name_expression(&mut self) -> Expr {
        self.opt_name_expression().unwrap_or_else(|| {
            self.report_missing_name();
            Expr::missing(self.here())
        })
    }
}
