//! Parameters of operators: `kind=inner`, `hint.strategy=shuffle`, `withsource=Table`.

use kql_syntax::tree::{ExprKind, Literal, OperatorParameter, ParameterValue};
use kql_syntax::{Identifier, Name};

use super::Binder;
use crate::{Type, Value, diagnostics, suggest};

/// A parameter that an operator takes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Allowed {
    pub(crate) name: &'static str,
    pub(crate) takes: Takes,
}

/// What a parameter may be set to.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Takes {
    /// Anything.
    Any,
    /// One of these words.
    Word(&'static [&'static str]),
    /// A number, or one of these words.
    WordOrNumber(&'static [&'static str]),
    /// The name of a new column.
    NewName,
    /// A column; may come several times.
    Columns,
    /// `true` or `false`
    Bool,
    /// A whole number.
    Integer,
    /// A number.
    Number,
    /// A text.
    Text,
}

/// A parameter of this name.
pub(crate) const fn allowed(name: &'static str, takes: Takes) -> Allowed {
    Allowed { name, takes }
}

const STRATEGIES: &[&str] = &["auto", "broadcast", "centralized", "shuffle"];
const CONCURRENCIES: &[&str] = &["auto", "left", "local", "right", "unresolved"];

pub(crate) const SHUFFLE_KEY: Allowed = allowed("hint.shufflekey", Takes::Columns);
pub(crate) const SHUFFLE: Allowed = allowed("hint.strategy", Takes::Word(&["shuffle"]));
pub(crate) const STRATEGY: Allowed = allowed("hint.strategy", Takes::Word(STRATEGIES));
pub(crate) const PARTITIONS: Allowed = allowed("hint.num_partitions", Takes::Integer);
pub(crate) const CONCURRENCY: Allowed =
    allowed("hint.concurrency", Takes::WordOrNumber(CONCURRENCIES));
pub(crate) const SPREAD: Allowed = allowed("hint.spread", Takes::WordOrNumber(&["auto", "local"]));
pub(crate) const REMOTE: Allowed =
    allowed("hint.remote", Takes::Word(&["auto", "left", "local", "right", "unresolved"]));
pub(crate) const MATERIALIZED: Allowed = allowed("hint.materialized", Takes::Bool);
pub(crate) const WITH_SOURCE: Allowed = allowed("withsource", Takes::NewName);
pub(crate) const WITH_SOURCE_TOO: Allowed = allowed("with_source", Takes::NewName);
pub(crate) const ITEM_INDEX: Allowed = allowed("with_itemindex", Takes::NewName);
pub(crate) const IS_FUZZY: Allowed = allowed("isfuzzy", Takes::Bool);
pub(crate) const BEST_EFFORT: Allowed = allowed("best_effort", Takes::Bool);

impl<'a> Binder<'a> {
    /// Reports parameters that an operator does not take, that come twice, and values that they do not take.
    pub(crate) fn check_parameters(
        &mut self,
        parameters: &'a [OperatorParameter],
        known: &[Allowed],
    ) {
        let mut seen: Vec<&Name> = Vec::new();
        for parameter in parameters {
            let name = &parameter.name;
            if name.is_missing() {
                continue;
            }
            let at = self.at(name.span);
            let Some(allowed) = known.iter().find(|allowed| *allowed.name == *name.name) else {
                let nearest =
                    suggest::nearest(&name.name, known.iter().map(|allowed| allowed.name));
                self.report(diagnostics::unknown_operator_parameter(
                    &name.name,
                    nearest.as_deref(),
                    at,
                ));
                continue;
            };
            if seen.contains(&&name.name) && !matches!(allowed.takes, Takes::Columns) {
                self.report(diagnostics::parameter_twice(&name.name, at));
            }
            seen.push(&name.name);
            self.check_parameter(parameter, allowed.takes);
        }
    }

    fn check_parameter(&mut self, parameter: &'a OperatorParameter, takes: Takes) {
        let at = self.at(parameter.span);
        let wrong = match (takes, &parameter.value) {
            (_, ParameterValue::Missing) | (Takes::Any, _) => None,
            (Takes::Columns, value) => {
                self.check_column_parameter(value);
                None
            }
            (Takes::Word(words), value) => {
                let is_right = word_of(value).is_some_and(|word| is_among(words, word));
                (!is_right).then(|| diagnostics::word_expected(words, at))
            }
            (Takes::WordOrNumber(words), value) => {
                let is_right = word_of(value).is_some_and(|word| is_among(words, word))
                    || literal_of(value).is_some_and(|literal| {
                        matches!(literal, Literal::Long(_) | Literal::Int(_) | Literal::Real(_))
                    });
                (!is_right).then(|| diagnostics::word_expected(words, at))
            }
            (Takes::NewName, value) => {
                name_of(value).is_none().then(|| diagnostics::name_expected(at))
            }
            (Takes::Bool, value) => (!matches!(literal_of(value), Some(Literal::Bool(_))))
                .then(|| diagnostics::literal_of_type(Type::Bool, at)),
            (Takes::Integer, value) => {
                (!matches!(literal_of(value), Some(Literal::Long(_) | Literal::Int(_))))
                    .then(|| diagnostics::literal_of_type(Type::Long, at))
            }
            (Takes::Number, value) => (!matches!(
                literal_of(value),
                Some(Literal::Long(_) | Literal::Int(_) | Literal::Real(_) | Literal::Decimal(_))
            ))
            .then(|| diagnostics::literal_of_type(Type::Real, at)),
            (Takes::Text, value) => (!matches!(literal_of(value), Some(Literal::String(_))))
                .then(|| diagnostics::literal_of_type(Type::String, at)),
        };
        if let Some(wrong) = wrong {
            self.report(wrong);
        }
    }

    fn check_column_parameter(&mut self, value: &'a ParameterValue) {
        let names: Vec<&Identifier> = match value {
            ParameterValue::Names(names) => names.iter().collect(),
            value => name_of(value).into_iter().collect(),
        };
        for name in names {
            if self.column_in_scope(&name.name).is_none()
                && self.infer_column(&name.name).is_none()
                && !name.is_missing()
            {
                let at = self.at(name.span);
                let diagnostic = self.unknown_column_of(self.rows.as_ref(), &name.name, at);
                self.report(diagnostic);
            }
        }
    }

    /// The constant that a parameter is set to.
    pub(crate) fn parameter_value(&mut self, value: &'a ParameterValue) -> Option<Value> {
        match value {
            ParameterValue::Expr(expr) => match &expr.kind {
                ExprKind::Name(name) => Some(Value::string(&name.name)),
                _ => self.without_rows(|binder| binder.expr(expr)).value().cloned(),
            },
            ParameterValue::Name(name) => Some(Value::string(&name.name)),
            ParameterValue::Names(_) | ParameterValue::Missing => None,
        }
    }
}

fn is_among(words: &[&str], word: &str) -> bool {
    words.iter().any(|known| known.eq_ignore_ascii_case(word))
}

/// The parameter of this name.
pub(crate) fn find<'p>(
    parameters: &'p [OperatorParameter],
    name: &str,
) -> Option<&'p ParameterValue> {
    parameters
        .iter()
        .find(|parameter| &*parameter.name.name == name)
        .map(|parameter| &parameter.value)
}

/// The word that a parameter is set to.
pub(crate) fn word<'p>(parameters: &'p [OperatorParameter], name: &str) -> Option<&'p str> {
    word_of(find(parameters, name)?)
}

/// The name that a parameter gives.
pub(crate) fn new_name<'p>(
    parameters: &'p [OperatorParameter],
    names: &[&str],
) -> Option<&'p Identifier> {
    names.iter().find_map(|name| name_of(find(parameters, name)?))
}

/// Whether a parameter is set to `true`.
pub(crate) fn is_set(parameters: &[OperatorParameter], name: &str) -> bool {
    let literal = find(parameters, name).and_then(literal_of);
    matches!(literal, Some(Literal::Bool(text)) if matches!(&**text, "true" | "1"))
}

fn word_of(value: &ParameterValue) -> Option<&str> {
    if let Some(name) = name_of(value) {
        return Some(&name.name);
    }
    match literal_of(value)? {
        Literal::String(text) => Some(&text.value),
        _ => None,
    }
}

/// The name that a value is.
pub(crate) fn name_of(value: &ParameterValue) -> Option<&Identifier> {
    match value {
        ParameterValue::Name(name) => Some(name),
        ParameterValue::Expr(expr) => match &expr.kind {
            ExprKind::Name(name) => Some(name),
            _ => None,
        },
        ParameterValue::Names(names) => names.first(),
        ParameterValue::Missing => None,
    }
}

fn literal_of(value: &ParameterValue) -> Option<&Literal> {
    match value {
        ParameterValue::Expr(expr) => match &expr.kind {
            ExprKind::Literal(literal) => Some(literal),
            _ => None,
        },
        _ => None,
    }
}
