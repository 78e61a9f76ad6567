//! `name=value` behind the keyword of an operator.

mod specs;

use super::cursor::Parser;
use super::lists::List;
use crate::token::TokenKind;
use crate::tree::{Expr, OperatorParameter, ParameterValue};
use crate::{Identifier, diagnostics};
pub(super) use specs::*;

/// Which words may be the name of a parameter.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Names {
    /// The operator's own, and all that any operator has.
    Any,
    /// The same, but only before a `=`.
    BeforeEqual,
    /// The operator's own only.
    Own,
    /// Those that any operator has.
    Known,
}

impl Parser<'_> {
    /// Parameters without commas between them.
    pub(super) fn parameters(
        &mut self,
        specs: &'static [Spec],
        names: Names,
    ) -> Vec<OperatorParameter> {
        let mut parameters = Vec::new();
        while let Some(parameter) = self.opt_parameter(specs, names) {
            parameters.push(parameter);
        }
        self.check(&parameters, specs);
        parameters
    }

    /// `(name = value, ...)` or the same without parentheses; a comma may stand before the first.
    pub(super) fn parameters_with_commas(
        &mut self,
        element: fn(&mut Self) -> Option<OperatorParameter>,
        specs: &'static [Spec],
    ) -> Vec<OperatorParameter> {
        let parameters = self.list(List::ANY.of("a property"), element);
        self.check(&parameters, specs);
        parameters
    }

    pub(super) fn opt_parameter(
        &mut self,
        specs: &'static [Spec],
        names: Names,
    ) -> Option<OperatorParameter> {
        let length = self.parameter_name_length(0, specs, names)?;
        let start = self.position();
        self.skip(length);
        let span = self.span_from(start);
        let name = Identifier::new(span.text(self.text), span);
        self.expect(TokenKind::Equal);
        let spec = spec_of(&name.name, specs).or_else(|| spec_of(&name.name, KNOWN));
        let value = self.parameter_value(spec.unwrap_or(&UNKNOWN), specs);
        Some(OperatorParameter { name, value, span: self.span_from(start) })
    }

    /// How many tokens the name of a parameter takes.
    pub(super) fn parameter_name_length(
        &self,
        ahead: usize,
        specs: &[Spec],
        names: Names,
    ) -> Option<usize> {
        let (kind, text) = (self.nth(ahead), self.nth_text(ahead));
        let is_own = names != Names::Known && spec_of(text, specs).is_some();
        let is_known = names != Names::Own && spec_of(text, KNOWN).is_some();
        let length = if kind.is_word() && (is_own || is_known) {
            Some(1)
        } else if names == Names::Own {
            None
        } else {
            self.split_name_length(ahead)
        }?;
        let needs_equal = names == Names::BeforeEqual;
        let has_equal = self.nth(ahead + length) == TokenKind::Equal;
        (has_equal || !needs_equal).then_some(length)
    }

    /// `hint.pass_filters`, which is no keyword, as other hints are.
    fn split_name_length(&self, ahead: usize) -> Option<usize> {
        let is_split = self.nth_text(ahead) == "hint"
            && self.nth(ahead + 1) == TokenKind::Dot
            && matches!(self.nth_text(ahead + 2), "pass_filters" | "pass_filters_column");
        (is_split && self.is_glued(ahead + 1) && self.is_glued(ahead + 2)).then_some(3)
    }

    /// The one parameter that may stand here.
    pub(super) fn opt_single_parameter(
        &mut self,
        spec: &'static Spec,
    ) -> Option<OperatorParameter> {
        let is_there = self.nth_text(0) == spec.name && self.nth(1) == TokenKind::Equal;
        if !is_there {
            return None;
        }
        let start = self.position();
        let name = self.bump_identifier();
        self.bump();
        let value = self.parameter_value(spec, &[]);
        let parameter = OperatorParameter { name, value, span: self.span_from(start) };
        self.check_value(&parameter, spec);
        Some(parameter)
    }

    pub(super) fn parameter_value(
        &mut self,
        spec: &Spec,
        specs: &'static [Spec],
    ) -> ParameterValue {
        let value = match spec.value {
            Value::Names => return ParameterValue::Names(self.parameter_names(specs)),
            Value::Text => self.opt_path().map(ParameterValue::Expr),
            Value::Name => self.opt_name().map(ParameterValue::Name),
            Value::Word if spec.values.contains(&self.nth_text(0)) => {
                Some(ParameterValue::Name(self.bump_identifier()))
            }
            Value::Real => self.opt_forced_real().map(ParameterValue::Expr),
            Value::Word | Value::Any => None,
        };
        value.or_else(|| self.opt_any_value()).unwrap_or_else(|| {
            self.report_missing("a value");
            ParameterValue::Missing
        })
    }

    fn opt_any_value(&mut self) -> Option<ParameterValue> {
        let literal = self.opt_literal().map(ParameterValue::Expr);
        literal.or_else(|| self.opt_name().map(ParameterValue::Name))
    }

    /// `a, b` up to the next parameter.
    fn parameter_names(&mut self, specs: &'static [Spec]) -> Vec<Identifier> {
        let mut names = Vec::new();
        loop {
            let is_parameter = self.parameter_name_length(0, specs, Names::BeforeEqual).is_some();
            match self.opt_declared_name().filter(|_| !is_parameter) {
                Some(name) => names.push(name),
                None => {
                    self.report_missing_name();
                    return names;
                }
            }
            let goes_on = self.at(TokenKind::Comma)
                && self.parameter_name_length(1, specs, Names::Any).is_none()
                && !self.nth_ends_list(1);
            if !goes_on {
                return names;
            }
            self.bump();
        }
    }

    // What Kusto's binder asks of parameters, and what can be asked of words alone.

    fn check(&mut self, parameters: &[OperatorParameter], specs: &'static [Spec]) {
        let mut is_seen = vec![false; specs.len()];
        for parameter in parameters {
            let name = &parameter.name;
            let found = specs.iter().zip(&mut is_seen).find(|(spec, _)| spec.name == &*name.name);
            let Some((spec, is_seen)) = found else {
                self.warn(diagnostics::unknown_parameter(&name.name, name.span));
                continue;
            };
            if *is_seen && !spec.is_repeatable {
                self.report(diagnostics::repeated_parameter(&name.name, name.span));
            }
            *is_seen = true;
            self.check_value(parameter, spec);
        }
    }

    fn check_value(&mut self, parameter: &OperatorParameter, spec: &Spec) {
        if spec.values.is_empty() {
            return;
        }
        let is_possible = match &parameter.value {
            ParameterValue::Name(word) => {
                spec.values.iter().any(|value| spec.is_same(value, &word.name))
            }
            ParameterValue::Expr(value) => spec.takes_numbers && is_number(value),
            ParameterValue::Names(_) | ParameterValue::Missing => true,
        };
        if !is_possible {
            let at = match &parameter.value {
                ParameterValue::Name(word) => word.span,
                ParameterValue::Expr(value) => value.span,
                ParameterValue::Names(_) | ParameterValue::Missing => parameter.span,
            };
            self.report(diagnostics::unknown_value(spec.values, at, at.text(self.text)));
        }
    }
}

fn is_number(value: &Expr) -> bool {
    use crate::tree::{ExprKind, Literal};
    matches!(
        value.kind,
        ExprKind::Literal(
            Literal::Long(_) | Literal::Int(_) | Literal::Real(_) | Literal::Decimal(_)
        )
    )
}
