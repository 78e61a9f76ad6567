//! Operators of a few words: `as`, `assert-schema`, `consume`, `getschema`, `invoke` and `__executeAndCache`.

use crate::keyword::Keyword;
use crate::parser::cursor::Parser;
use crate::parser::parameters::{self, Names};
use crate::token::TokenKind;
use crate::tree::{Expr, ExprKind, OperatorKind, ParameterValue};

impl Parser<'_> {
    pub(super) fn as_operator(&mut self) -> OperatorKind {
        self.bump();
        let parameters = self.parameters(parameters::AS, Names::BeforeEqual);
        OperatorKind::As { parameters, name: self.name() }
    }

    pub(super) fn assert_schema(&mut self) -> OperatorKind {
        self.bump();
        OperatorKind::AssertSchema(self.row_schema())
    }

    pub(super) fn consume(&mut self) -> OperatorKind {
        self.bump();
        OperatorKind::Consume { parameters: self.parameters(parameters::CONSUME, Names::Any) }
    }

    pub(super) fn execute_and_cache(&mut self) -> OperatorKind {
        self.bump();
        OperatorKind::ExecuteAndCache
    }

    pub(super) fn get_schema(&mut self) -> OperatorKind {
        self.bump();
        let kind = self.opt_single_parameter(&parameters::GET_SCHEMA_KIND);
        let kind = kind.and_then(|kind| match kind.value {
            ParameterValue::Name(kind) => Some(kind),
            _ => None,
        });
        OperatorKind::GetSchema { kind }
    }

    /// `count` or `count as name`; `count(` is the aggregate.
    pub(super) fn opt_count(&mut self) -> Option<OperatorKind> {
        if self.nth(1) == TokenKind::OpenParen {
            return None;
        }
        self.bump();
        let name = if self.eat_keyword(Keyword::As) { Some(self.plain_name()) } else { None };
        Some(OperatorKind::Count { parameters: Vec::new(), name })
    }

    /// A name without brackets that is no keyword.
    fn plain_name(&mut self) -> crate::Identifier {
        if self.at(TokenKind::Identifier) {
            return self.bump_identifier();
        }
        self.report_missing_name();
        self.missing_identifier()
    }

    /// `invoke f(arguments)`, `invoke database("d").f(arguments)`
    pub(super) fn invoke(&mut self) -> OperatorKind {
        self.bump();
        let start = self.position();
        let mut function = self.opt_call().unwrap_or_else(|| self.missing_expression());
        while self.at(TokenKind::Dot) && self.is_call_behind_dot() {
            self.bump();
            let member = self.opt_call().unwrap_or_else(|| self.missing_expression());
            let kind = ExprKind::Path { base: Box::new(function), member: Box::new(member) };
            function = Expr::new(kind, self.span_from(start));
            self.reach(self.deepest + 1);
        }
        OperatorKind::Invoke { function }
    }

    fn is_call_behind_dot(&self) -> bool {
        self.name_length(1).is_some_and(|length| self.nth(1 + length) == TokenKind::OpenParen)
    }
}
