//! What stands between operators: literals, names, calls, paths, parentheses.

use super::cursor::Parser;
use super::lists::List;
use crate::diagnostics;
use crate::keyword::Keyword;
use crate::token::TokenKind;
use crate::tree::{Call, Expr, ExprKind, ExprNames, NamedExpr};

impl Parser<'_> {
    /// `a`, `f(x)`, `a.b[0].c`
    pub(super) fn opt_path(&mut self) -> Option<Expr> {
        if self.at_keyword(Keyword::ToTable) {
            return Some(self.table_of_query());
        }
        let start = self.position();
        let mut expr = self.opt_primary()?;
        loop {
            expr = match self.kind() {
                TokenKind::Dot => self.member(expr, start),
                TokenKind::OpenBracket => self.element(expr, start),
                _ => return Some(expr),
            };
            self.reach(self.deepest + 1);
        }
    }

    /// `.name`, `.f(x)`, `.['name']`, `.[expression]` behind `base`.
    fn member(&mut self, base: Expr, start: usize) -> Expr {
        self.bump();
        if self.at(TokenKind::OpenBracket)
            && self.name_length(0).is_none()
            && self.wildcard_length(1).is_none()
        {
            return self.element(base, start);
        }
        let member = self.opt_call().or_else(|| self.opt_selector()).unwrap_or_else(|| {
            self.report_missing_name();
            Expr::missing(self.here())
        });
        let kind = ExprKind::Path { base: Box::new(base), member: Box::new(member) };
        Expr::new(kind, self.span_from(start))
    }

    /// `[index]` behind `base`.
    pub(super) fn element(&mut self, base: Expr, start: usize) -> Expr {
        let open = self.open(TokenKind::OpenBracket);
        let index = self.opt_expression().unwrap_or_else(|| self.missing_expression());
        self.close(open, TokenKind::CloseBracket);
        let kind = ExprKind::Element { base: Box::new(base), index: Box::new(index) };
        Expr::new(kind, self.span_from(start))
    }

    fn opt_primary(&mut self) -> Option<Expr> {
        if self.kind().is_literal() {
            return self.opt_token_literal();
        }
        let production: fn(&mut Self) -> Option<Expr> = match self.kind() {
            TokenKind::OpenParen => |parser| Some(parser.parenthesized()),
            TokenKind::Keyword(Keyword::Dynamic) => Self::opt_dynamic,
            TokenKind::Keyword(Keyword::Datatable) => |parser| Some(parser.datatable()),
            TokenKind::Keyword(Keyword::ContextualDatatable) => {
                |parser| Some(parser.contextual_datatable())
            }
            TokenKind::Keyword(Keyword::ExternalData | Keyword::ExternalDataOld) => {
                |parser| Some(parser.external_data())
            }
            TokenKind::Keyword(Keyword::MaterializedViewCombine) => {
                |parser| Some(parser.materialized_view_combine())
            }
            TokenKind::Keyword(Keyword::ToScalar) => |parser| Some(parser.scalar_of_query()),
            TokenKind::Keyword(Keyword::TypeOf) if self.nth(1) == TokenKind::OpenParen => {
                Self::opt_type_of
            }
            _ => Self::opt_reference,
        };
        production(self)
    }

    /// A call, a name, or a keyword that stands where only a name makes sense.
    fn opt_reference(&mut self) -> Option<Expr> {
        if let Some(call) = self.opt_call() {
            return Some(call);
        }
        let start = self.position();
        if self.at_unquoted_bracket() {
            return Some(self.unquoted_bracket());
        }
        let Some(name) = self.opt_selector() else {
            return self.opt_misplaced_keyword();
        };
        if self.at_keyword(Keyword::DataScope) {
            let scope = self.data_scope();
            let kind = ExprKind::DataScope { table: Box::new(name), scope };
            return Some(Expr::new(kind, self.span_from(start)));
        }
        Some(name)
    }

    /// `[a b]` where no base stands before it: brackets around a name without its quotes.
    fn at_unquoted_bracket(&self) -> bool {
        self.at(TokenKind::OpenBracket)
            && self.name_length(0).is_none()
            && self.wildcard_length(1).is_none()
    }

    fn unquoted_bracket(&mut self) -> Expr {
        let start = self.position();
        self.report_missing("a name in quotes between the brackets, `['name']`");
        let open = self.open(TokenKind::OpenBracket);
        self.opt_expression();
        self.close(open, TokenKind::CloseBracket);
        Expr::missing(self.span_from(start))
    }

    /// A name, `['name']`, `[wild*]`, and the keywords that are names wherever a value may stand.
    pub(super) fn opt_selector(&mut self) -> Option<Expr> {
        let special = [Keyword::Kind, Keyword::WithSource, Keyword::WithSourceOld];
        if self.keyword().is_some_and(|keyword| special.contains(&keyword)) {
            let name = self.bump_identifier();
            let span = name.span;
            return Some(Expr::new(ExprKind::Name(name), span));
        }
        self.opt_bracketed_wildcard().or_else(|| self.opt_name_expression())
    }

    /// A keyword before an operator, a comma or a closing bracket can only have been meant as a name.
    fn opt_misplaced_keyword(&mut self) -> Option<Expr> {
        self.keyword().filter(|_| is_behind_a_name(self.nth(1)))?;
        let (at, name) = (self.token(0).span, self.nth_text(0));
        self.report(diagnostics::name_needs_brackets(name, at));
        let name = self.bump_identifier();
        Some(Expr::new(ExprKind::Name(name), at))
    }

    // Calls.

    pub(super) fn at_call(&self) -> bool {
        self.name_length(0).is_some_and(|length| self.nth(length) == TokenKind::OpenParen)
    }

    /// `f(arguments)`
    pub(super) fn opt_call(&mut self) -> Option<Expr> {
        if !self.at_call() {
            return None;
        }
        let start = self.position();
        let call = self.call();
        Some(Expr::new(ExprKind::Call(call), self.span_from(start)))
    }

    pub(super) fn call(&mut self) -> Call {
        let name = self.name();
        let open = self.open(TokenKind::OpenParen);
        let arguments = self.list(List::ANY, Self::opt_argument);
        self.close(open, TokenKind::CloseParen);
        Call { name, arguments }
    }

    fn opt_argument(&mut self) -> Option<NamedExpr> {
        let ends = matches!(self.nth(1), TokenKind::CloseParen | TokenKind::Comma);
        if self.at(TokenKind::Star) && ends {
            let span = self.bump();
            return Some(unnamed(Expr::new(ExprKind::Star, span)));
        }
        self.opt_named()
    }

    // Parentheses.

    /// `(...)`
    pub(super) fn parenthesized(&mut self) -> Expr {
        let start = self.position();
        let open = self.open(TokenKind::OpenParen);
        let inner = self.query_expression();
        self.close(open, TokenKind::CloseParen);
        Expr::new(ExprKind::Paren(Box::new(inner)), self.span_from(start))
    }

    // Named expressions.

    /// `expression`, `name = expression`, `(name, name) = expression`
    pub(super) fn opt_named(&mut self) -> Option<NamedExpr> {
        let start = self.position();
        let names = self.opt_names();
        let expr = match &names {
            ExprNames::None => self.opt_expression()?,
            ExprNames::One(_) | ExprNames::List(_) => self.expression(),
        };
        Some(NamedExpr { names, expr, span: self.span_from(start) })
    }

    pub(super) fn named(&mut self) -> NamedExpr {
        self.opt_named().unwrap_or_else(|| unnamed(self.missing_expression()))
    }

    /// An expression where a name before it is possible and means nothing.
    pub(super) fn expression_without_its_name(&mut self) -> Expr {
        let named = self.named();
        if !matches!(named.names, ExprNames::None) {
            let before = named.expr.span.start.min(named.span.end);
            let equal = self.text.get(named.span.start as usize..before as usize);
            if let Some(offset) = equal.and_then(|text| text.rfind('=')) {
                let start = named.span.start + u32::try_from(offset).unwrap_or(0);
                self.warn(diagnostics::assignment(crate::Span::new(start, start + 1)));
            }
        }
        named.expr
    }

    /// The names left of a `=`, with it.
    fn opt_names(&mut self) -> ExprNames {
        let is_equal = |length: &usize| self.nth(*length) == TokenKind::Equal;
        if self.declared_name_length(0).filter(is_equal).is_some() {
            let name = self.declared_name();
            self.bump();
            return ExprNames::One(name);
        }
        if let Some(length) = self.dashed_name_length().filter(is_equal) {
            let start = self.position();
            let span = self.token(0).span.to(self.token(length - 1).span);
            let name = span.text(self.text);
            self.report(diagnostics::name_needs_brackets(name, span));
            self.skip(length);
            let name = self.identifier_from(start, name);
            self.bump();
            return ExprNames::One(name);
        }
        if self.name_list_length().filter(is_equal).is_none() {
            return ExprNames::None;
        }
        let open = self.open(TokenKind::OpenParen);
        let names = self.list(List::SOME.of("name"), Self::opt_declared_name);
        self.close(open, TokenKind::CloseParen);
        self.expect(TokenKind::Equal);
        ExprNames::List(names)
    }

    /// How many tokens a name with hyphens in it takes, which would need brackets.
    fn dashed_name_length(&self) -> Option<usize> {
        let is_part = |kind: TokenKind| kind.is_word() || kind == TokenKind::Minus;
        let rest = (1..).take_while(|&ahead| is_part(self.nth(ahead)) && self.is_glued(ahead));
        self.kind().is_word().then(|| 1 + rest.count())
    }

    /// How many tokens `(name, name)` takes.
    fn name_list_length(&self) -> Option<usize> {
        if !self.at(TokenKind::OpenParen) {
            return None;
        }
        let mut length = 1;
        while let Some(name) = self.declared_name_length(length) {
            length += name;
            if self.nth(length) != TokenKind::Comma {
                break;
            }
            length += 1;
        }
        (self.nth(length) == TokenKind::CloseParen).then_some(length + 1)
    }
}

/// An expression that was given no name.
pub(super) fn unnamed(expr: Expr) -> NamedExpr {
    let span = expr.span;
    NamedExpr { names: ExprNames::None, expr, span }
}

/// Whether a token stands behind a name rather than behind the keyword of a clause.
fn is_behind_a_name(kind: TokenKind) -> bool {
    use TokenKind as T;
    match kind {
        T::Keyword(keyword) => {
            let is_word = matches!(
                keyword,
                Keyword::And
                    | Keyword::Or
                    | Keyword::In
                    | Keyword::InTilde
                    | Keyword::NotIn
                    | Keyword::NotInTilde
                    | Keyword::HasAny
                    | Keyword::HasAll
                    | Keyword::Between
                    | Keyword::NotBetween
            );
            is_word || super::expressions::text_operator(keyword).is_some()
        }
        T::EqualEqual
        | T::BangEqual
        | T::EqualTilde
        | T::BangTilde
        | T::Greater
        | T::GreaterOrEqual
        | T::Less
        | T::LessOrEqual
        | T::Star
        | T::Slash
        | T::Percent
        | T::CloseParen
        | T::CloseBracket
        | T::CloseBrace
        | T::Dot
        | T::Comma
        | T::Colon
        | T::Bar => true,
        _ => false,
    }
}
