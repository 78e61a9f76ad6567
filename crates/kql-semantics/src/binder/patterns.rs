//! `declare pattern`: what a call gives is looked up by its literal arguments.

use std::rc::Rc;

use kql_syntax::tree::{Call, Expr};

use super::Binder;
use super::scope::{Scope, Symbol};
use super::term::Term;
use crate::{Type, Value, diagnostics};
use kql_syntax::Span;

/// A declared pattern.
pub(crate) struct Pattern<'a> {
    pub(crate) pattern: &'a kql_syntax::tree::Pattern,
    /// What its bodies see.
    pub(crate) scope: Scope,
}

impl<'a> Binder<'a> {
    pub(crate) fn pattern_statement(&mut self, pattern: &'a kql_syntax::tree::Pattern) {
        for parameter in pattern.parameters.iter().chain(&pattern.path) {
            self.type_named(&parameter.ty);
        }
        for rule in &pattern.rules {
            for argument in &rule.arguments {
                self.pattern_literal(argument);
            }
            if rule.arguments.len() != pattern.parameters.len() {
                let at = rule.arguments.first().map_or(rule.body.span, |argument| argument.span);
                self.report(diagnostics::pattern_argument_count(
                    pattern.parameters.len(),
                    self.at(at),
                ));
            }
            match (&rule.path, &pattern.path) {
                (Some(path), Some(_)) => self.pattern_literal(path),
                (Some(path), None) => {
                    self.report(diagnostics::path_not_declared(self.at(path.span)));
                }
                (None, Some(_)) => {
                    self.report(diagnostics::path_expected(self.at(rule.body.span)));
                }
                (None, None) => {}
            }
            self.rehearse(|binder| binder.block(&rule.body));
        }
        let name = &pattern.name;
        let declared = Symbol::Pattern(Rc::new(Pattern { pattern, scope: self.scope }));
        self.scope = self.scopes.declare(self.scope, name.name.clone(), declared, name.span);
    }

    fn pattern_literal(&mut self, expr: &'a Expr) {
        let term = self.without_rows(|binder| binder.expr(expr));
        if self.expect_type(&term, Type::String) && !term.is_literal && !term.is_wrong() {
            self.report(diagnostics::literal_expected(self.at(term.span)));
        }
    }

    /// What a pattern gives for the literals of a call and the path behind it.
    pub(crate) fn call_pattern(
        &mut self,
        pattern: &Rc<Pattern<'a>>,
        call: &'a Call,
        path: Option<&'a Expr>,
        span: Span,
    ) -> Term {
        let expected = pattern.pattern.parameters.len();
        let at = self.at(call.name.span);
        if call.arguments.len() != expected {
            let range = (expected, expected);
            let name = &call.name.name;
            self.report(diagnostics::wrong_argument_count(name, range, call.arguments.len(), at));
        }
        let mut values: Vec<Option<Value>> = Vec::new();
        for argument in &call.arguments {
            let term = self.argument(argument);
            self.expect_type(&term, Type::String);
            values.push(term.value().cloned());
        }
        let path = path.and_then(text_of);
        let rule = pattern.pattern.rules.iter().find(|rule| {
            let is_on_path = path.is_none() || rule.path.as_ref().and_then(text_of) == path;
            is_on_path && rule.arguments.iter().zip(&values).all(|(argument, value)| {
                matches!((text_of(argument), value), (Some(text), Some(Value::String(given))) if *text == **given)
            })
        });
        let Some(rule) = rule else {
            self.report(diagnostics::no_pattern_matches(&call.name.name, at));
            return Term::wrong(span);
        };
        let outer = std::mem::replace(&mut self.scope, pattern.scope);
        let (mut term, _) =
            self.quietly(|binder| binder.without_rows(|binder| binder.block(&rule.body)));
        self.scope = outer;
        term.span = span;
        term
    }
}

fn text_of(expr: &Expr) -> Option<&str> {
    use kql_syntax::tree::{ExprKind, Literal};
    match &expr.kind {
        ExprKind::Literal(Literal::String(text)) => Some(&text.value),
        // `pattern("argument").path`
        ExprKind::Name(name) => Some(&name.name),
        _ => None,
    }
}
