//! Statements.

use super::cursor::Parser;
use super::lists::List;
use crate::Span;
use crate::diagnostics;
use crate::keyword::Keyword;
use crate::token::TokenKind;
use crate::tree::{Expr, ExprKind, Let, LetValue, Query, SetOption, Statement, StatementKind};

impl Parser<'_> {
    /// A whole text.
    pub(super) fn query(&mut self) -> Query {
        while self.eat(TokenKind::Directive) {}
        if self.at(TokenKind::Dot) {
            let at = self.token(0).span.to(self.token(1).span);
            self.report(diagnostics::management_command(at));
            self.give_up();
        }
        Query { statements: self.statements() }
    }

    /// Statements inside a pair of brackets.
    pub(super) fn block(&mut self, opener: TokenKind, closer: TokenKind) -> Vec<Statement> {
        let outside = self.open_brackets;
        let open = self.open(opener);
        self.open_brackets = 0;
        self.open_blocks += 1;
        let statements = self.statements();
        self.open_blocks -= 1;
        self.open_brackets = outside + u32::from(open.is_some());
        self.close(open, closer);
        statements
    }

    /// Statements up to the end of the text, or up to a bracket that closes one around them.
    pub(super) fn statements(&mut self) -> Vec<Statement> {
        let mut statements = Vec::new();
        loop {
            let before = self.position();
            if let Some(statement) = self.opt_statement() {
                statements.push(statement);
                if self.eat(TokenKind::Semicolon) {
                    self.is_recovering = false;
                    continue;
                }
            }
            if self.at(TokenKind::End) || self.at_closer_of_outer() {
                return statements;
            }
            self.text_between_statements(&mut statements, before);
        }
    }

    /// Whether a bracket follows that closes one around these statements.
    fn at_closer_of_outer(&self) -> bool {
        let is_closer = super::brackets::opener_of(self.kind()).is_some();
        is_closer && self.open_blocks > 0
    }

    /// Text that is no statement, behind the last one; the statement before it began at `before`.
    fn text_between_statements(&mut self, statements: &mut Vec<Statement>, before: usize) {
        let has_statement = self.position() > before;
        match self.kind() {
            TokenKind::Semicolon => {
                self.report_unexpected_text();
                self.bump();
                self.is_recovering = false;
            }
            TokenKind::Bar => {
                let at = self.token(0).span;
                if has_statement {
                    self.report_unexpected_text();
                } else {
                    self.report(diagnostics::leading_bar(at));
                }
                self.go_on_behind_bar(statements);
            }
            TokenKind::CloseParen | TokenKind::CloseBracket | TokenKind::CloseBrace => {
                self.unmatched_closer();
                if self.at(TokenKind::Bar) {
                    self.go_on_behind_bar(statements);
                }
            }
            _ if has_statement && self.at_statement() => {
                let (behind, at) = (self.end_of_last(), self.token(0).span);
                self.report(diagnostics::missing_semicolon(behind, at, self.nth_text(0)));
                self.is_recovering &= !self.is_first_of_line();
            }
            _ => {
                self.report_unexpected_text();
                self.skip_to_bar();
                if self.at(TokenKind::Bar) {
                    self.go_on_behind_bar(statements);
                }
            }
        }
    }

    /// Whether a statement could begin here.
    pub(super) fn at_statement(&self) -> bool {
        let kind = self.kind();
        kind.is_name()
            || kind.is_literal()
            || matches!(kind, TokenKind::OpenParen | TokenKind::OpenBracket | TokenKind::Minus)
            || self.at_possible_operator()
            || self.at_keyword(Keyword::Set)
            || self.at_keyword(Keyword::Datatable)
    }

    /// Adds the operators that follow to the last statement, or to one without a source.
    fn go_on_behind_bar(&mut self, statements: &mut Vec<Statement>) {
        let start = self.position();
        let mut behind = Vec::new();
        self.piped_operators(&mut behind);
        let span = self.span_from(start);
        let last = statements.last_mut().and_then(|last| match &mut last.kind {
            StatementKind::Expression(expr) => Some(expr),
            StatementKind::Let(Let { value: LetValue::Expression(expr), .. }) => Some(expr),
            _ => None,
        });
        match last {
            Some(Expr { kind: ExprKind::Pipe { operators, .. }, span: whole }) => {
                operators.append(&mut behind);
                *whole = whole.to(span);
            }
            Some(expr) => {
                let at = expr.span;
                let source = Box::new(std::mem::replace(expr, Expr::missing(at)));
                *expr = Expr::new(ExprKind::Pipe { source, operators: behind }, at.to(span));
            }
            None => {
                let source = Box::new(Expr::missing(Span::at(span.start)));
                let expr = Expr::new(ExprKind::Pipe { source, operators: behind }, span);
                statements.push(Statement { kind: StatementKind::Expression(expr), span });
            }
        }
        if self.eat(TokenKind::Semicolon) {
            self.is_recovering = false;
        }
    }

    fn opt_statement(&mut self) -> Option<Statement> {
        match self.keyword() {
            Some(Keyword::Alias) if self.nth_is_keyword(1, Keyword::Database) => {
                Some(self.statement_of(Self::alias))
            }
            Some(Keyword::Let) if self.name_length(1).is_some() || self.at_let_of_keyword() => {
                Some(self.let_statement())
            }
            Some(Keyword::Set) => Some(self.statement_of(Self::set_option)),
            Some(Keyword::Declare) if self.nth_is_keyword(1, Keyword::Pattern) => {
                Some(self.statement_of(Self::pattern))
            }
            Some(Keyword::Declare) if self.nth_is_keyword(1, Keyword::QueryParameters) => {
                Some(self.query_parameters())
            }
            Some(Keyword::Restrict) if self.nth_is_keyword(1, Keyword::Access) => {
                Some(self.statement_of(Self::restrict))
            }
            _ => {
                let start = self.position();
                let expr = self.opt_query_expression()?;
                let kind = StatementKind::Expression(expr);
                Some(Statement { kind, span: self.span_from(start) })
            }
        }
    }

    /// `let by = ...`, where the name needs brackets.
    fn at_let_of_keyword(&self) -> bool {
        self.nth(1).is_word() && self.nth(2) == TokenKind::Equal
    }

    fn statement_of(&mut self, production: fn(&mut Self) -> StatementKind) -> Statement {
        let start = self.position();
        let kind = production(self);
        Statement { kind, span: self.span_from(start) }
    }

    /// `let name = value`
    pub(super) fn let_statement(&mut self) -> Statement {
        self.statement_of(|parser| {
            parser.bump();
            let name = if parser.name_length(0).is_none() && parser.nth(1) == TokenKind::Equal {
                let (at, name) = (parser.token(0).span, parser.nth_text(0));
                parser.report(diagnostics::name_needs_brackets(name, at));
                parser.bump_identifier()
            } else {
                parser.name()
            };
            parser.expect(TokenKind::Equal);
            let value = parser.let_value();
            StatementKind::Let(Let { name, value })
        })
    }

    fn let_value(&mut self) -> LetValue {
        if self.at_keyword(Keyword::Materialize) {
            return LetValue::Expression(self.materialize());
        }
        if let Some(group) = self.opt_entity_group() {
            return LetValue::Expression(group);
        }
        if self.at_function() {
            return LetValue::Function(self.function());
        }
        LetValue::Expression(self.query_expression())
    }

    /// `entity_group [databases]` or `entity_group("name")`
    pub(super) fn opt_entity_group(&mut self) -> Option<Expr> {
        if !self.at_keyword(Keyword::EntityGroup) {
            return None;
        }
        if let Some(call) = self.opt_call() {
            return Some(call);
        }
        let start = self.position();
        self.bump();
        let open = self.open(TokenKind::OpenBracket);
        let members = self.list(List::SOME, Self::opt_expression);
        self.close(open, TokenKind::CloseBracket);
        Some(Expr::new(ExprKind::EntityGroup(members), self.span_from(start)))
    }

    fn alias(&mut self) -> StatementKind {
        self.skip(2);
        let name = self.name();
        self.expect(TokenKind::Equal);
        StatementKind::Alias { name, database: self.expression() }
    }

    fn set_option(&mut self) -> StatementKind {
        self.bump();
        let name = self.name();
        let value = if self.eat(TokenKind::Equal) { Some(self.expression()) } else { None };
        StatementKind::Set(SetOption { name, value })
    }

    pub(super) fn query_parameters(&mut self) -> Statement {
        self.statement_of(|parser| {
            parser.bump();
            parser.expect_keyword(Keyword::QueryParameters);
            let open = parser.open(TokenKind::OpenParen);
            let list = List::SOME.of("a parameter");
            let parameters = parser.list(list, Self::opt_function_parameter);
            parser.close(open, TokenKind::CloseParen);
            StatementKind::QueryParameters(parameters)
        })
    }

    fn restrict(&mut self) -> StatementKind {
        self.skip(2);
        self.expect_keyword(Keyword::To);
        let open = self.open(TokenKind::OpenParen);
        let entities = self.list(List::SOME, Self::opt_wildcard_path);
        self.close(open, TokenKind::CloseParen);
        if self.eat_keyword(Keyword::With) {
            self.properties();
        }
        StatementKind::Restrict(entities)
    }
}
