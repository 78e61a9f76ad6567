//! Functions: their parameters and bodies.

use super::cursor::Parser;
use super::lists::List;
use crate::Span;
use crate::keyword::Keyword;
use crate::token::TokenKind;
use crate::tree::{
    Expr, ExprKind, Function, FunctionBody, Parameter, ParameterKind, Statement, StatementKind,
};

impl Parser<'_> {
    /// Whether `(name:type` or `()` begins here, perhaps behind `view`.
    pub(super) fn at_function(&self) -> bool {
        let open = usize::from(self.at_keyword(Keyword::View));
        if self.nth(open) != TokenKind::OpenParen {
            return false;
        }
        if matches!(self.nth(open + 1), TokenKind::CloseParen | TokenKind::Star) {
            return true;
        }
        let name = self.declared_name_length(open + 1);
        name.is_some_and(|length| self.nth(open + 1 + length) == TokenKind::Colon)
    }

    /// `(parameters) { body }`
    pub(super) fn function(&mut self) -> Function {
        let start = self.position();
        let is_view = self.eat_keyword(Keyword::View);
        let parameters = self.function_parameters();
        let body = self.function_body();
        Function { is_view, parameters, body, span: self.span_from(start) }
    }

    pub(super) fn function_parameters(&mut self) -> Vec<Parameter> {
        let open = self.open(TokenKind::OpenParen);
        let parameters = self.list(List::ANY.of("a parameter"), Self::opt_function_parameter);
        self.close(open, TokenKind::CloseParen);
        parameters
    }

    /// `name:type`, `name:type = default`, `name:(column:type)`
    pub(super) fn opt_function_parameter(&mut self) -> Option<Parameter> {
        if !self.at(TokenKind::Colon) && self.declared_name_length(0).is_none() {
            return None;
        }
        let start = self.position();
        let name = self.declared_name();
        self.expect(TokenKind::Colon);
        let kind = if self.at(TokenKind::OpenParen) {
            ParameterKind::Table(self.tabular_type())
        } else {
            let ty = self.type_name();
            let default =
                if self.eat(TokenKind::Equal) { Some(self.default_value()) } else { None };
            ParameterKind::Scalar { ty, default }
        };
        Some(Parameter { name, kind, span: self.span_from(start) })
    }

    /// A literal or a word.
    fn default_value(&mut self) -> Expr {
        if let Some(literal) = self.opt_literal() {
            return literal;
        }
        if !self.kind().is_name() {
            return self.missing_expression();
        }
        let name = self.bump_identifier();
        let span = name.span;
        Expr::new(ExprKind::Name(name), span)
    }

    /// `{ let ...; result }`
    fn function_body(&mut self) -> FunctionBody {
        if !self.at(TokenKind::OpenBrace) {
            self.report_expected("`{`");
            return empty_body(Span::at(self.here().start));
        }
        self.nested(|parser| Some(parser.braced_body(Self::opt_body_statement)))
            .unwrap_or_else(|| empty_body(self.here()))
    }

    /// `{`, statements that each end with `;`, perhaps a result, `}`
    pub(super) fn braced_body(
        &mut self,
        statement: fn(&mut Self) -> Option<Statement>,
    ) -> FunctionBody {
        let start = self.position();
        let outside = self.open_brackets;
        let open = self.open(TokenKind::OpenBrace);
        self.open_brackets = 0;
        let mut statements = Vec::new();
        while !self.at_list_end() {
            let Some(statement) = statement(self) else { break };
            statements.push(statement);
            if !self.eat(TokenKind::Semicolon) {
                self.report_expected("`;` behind this statement");
                self.skip_statement();
            }
        }
        let result = self.opt_query_expression();
        self.eat(TokenKind::Semicolon);
        self.open_brackets = outside + u32::from(open.is_some());
        self.close(open, TokenKind::CloseBrace);
        FunctionBody { statements, result, span: self.span_from(start) }
    }

    /// Skips what is left of a statement, its semicolon included.
    fn skip_statement(&mut self) {
        let is_over =
            |kind| matches!(kind, TokenKind::Semicolon | TokenKind::CloseBrace | TokenKind::End);
        while !is_over(self.kind()) && !self.at_keyword(Keyword::Let) {
            self.skip_balanced();
        }
        self.eat(TokenKind::Semicolon);
    }

    fn opt_body_statement(&mut self) -> Option<Statement> {
        match self.keyword()? {
            Keyword::Let => Some(self.let_statement()),
            Keyword::Declare => Some(self.query_parameters()),
            _ => None,
        }
    }

    // Stored functions.

    /// The text of a stored function, with or without braces around it.
    pub(super) fn stored_body(&mut self) -> FunctionBody {
        let last = self.brackets.closer(0).filter(|_| self.at(TokenKind::OpenBrace));
        let start = self.position();
        let statements = if last.is_some_and(|last| self.is_last(last)) {
            self.block(TokenKind::OpenBrace, TokenKind::CloseBrace)
        } else {
            self.statements()
        };
        body_of(statements, self.span_from(start))
    }

    fn is_last(&self, index: usize) -> bool {
        self.span_at(index).end == self.end_of_text()
    }

    /// The parameters of a stored function.
    pub(super) fn stored_parameters(&mut self) -> Vec<Parameter> {
        if self.at(TokenKind::End) {
            return Vec::new();
        }
        let parameters = self.function_parameters();
        if !self.at(TokenKind::End) {
            self.report_unexpected_text();
        }
        parameters
    }
}

/// Statements of which the last one, where it is an expression, is the result.
pub(super) fn body_of(mut statements: Vec<Statement>, span: Span) -> FunctionBody {
    let result = match statements.pop() {
        Some(Statement { kind: StatementKind::Expression(result), .. }) => Some(result),
        Some(other) => {
            statements.push(other);
            None
        }
        None => None,
    };
    FunctionBody { statements, result, span }
}

fn empty_body(span: Span) -> FunctionBody {
    FunctionBody { statements: Vec::new(), result: None, span }
}
