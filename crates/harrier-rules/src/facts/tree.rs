//! What only the tree knows: how values are spelled, which names are declared, where parentheses stand.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use kql_semantics::catalog::Catalog;
use kql_syntax::tree::{
    Expr, ExprKind, Json, JsonKind, LetValue, Literal, LogicalOperator, Operator, OperatorKind,
    OperatorParameter, ParameterValue, Query, Statement, StatementKind,
};
use kql_syntax::{Name, Span};

use super::visit::{self, Visitor};

/// A text literal where it is spelled.
#[derive(Clone, Debug)]
pub(crate) struct Spelled {
    pub(crate) span: Span,
    pub(crate) value: Arc<str>,
}

/// A `join` where it is written.
#[derive(Clone, Debug)]
pub(crate) struct WrittenJoin {
    /// The whole operator.
    pub(crate) span: Span,
    /// Its first word.
    pub(crate) keyword: Span,
    /// Whether a kind is written.
    pub(crate) has_kind: bool,
}

/// `a and b or c`, without parentheses.
#[derive(Clone, Debug)]
pub(crate) struct MixedLogic {
    /// The whole chain of `or`.
    pub(crate) span: Span,
    /// The first chain of `and` in it.
    pub(crate) and: Span,
}

/// What a tree tells beside its meaning.
#[derive(Debug, Default)]
pub(crate) struct TreeFacts {
    /// All text literals, those inside `dynamic(...)` too, in the order of the text.
    pub(crate) strings: Vec<Spelled>,
    /// The values of scalar `let`s and of tabular ones, by name; the last of a name.
    lets: HashMap<Name, Span>,
    /// All joins.
    pub(crate) joins: Vec<WrittenJoin>,
    /// All `or`s with an `and` beside them.
    pub(crate) mixed: Vec<MixedLogic>,
    /// `isfuzzy=true`
    pub(crate) fuzzy: Vec<Span>,
    /// `datetime(...)` literals, in the order of the text.
    pub(crate) datetimes: Vec<Span>,
    /// Where names and calls of functions stand whose text is not in this one.
    foreign: HashSet<Span>,
    /// Names that stand for themselves or are called, with their places.
    pub(crate) calls: Vec<(Name, Span)>,
    /// Stored functions that are called.
    pub(crate) functions: HashSet<Name>,
    declared: HashSet<Name>,
}

impl TreeFacts {
    pub(crate) fn new(tree: &Query, catalog: &dyn Catalog) -> Self {
        let mut facts = Self::default();
        visit::query(tree, &mut facts);
        facts.strings.sort_by_key(|string| string.span);
        for (name, span) in &facts.calls {
            if !facts.declared.contains(name) && catalog.function(name).is_some() {
                facts.foreign.insert(*span);
                facts.functions.insert(name.clone());
            }
        }
        facts
    }

    /// Whether a `let` or an `as` gives this name.
    pub(crate) fn is_declared(&self, name: &str) -> bool {
        self.declared.contains(name)
    }

    /// Whether what is bound at `span` was written in another text: the body of a stored function.
    pub(crate) fn is_foreign(&self, span: Span) -> bool {
        self.foreign.contains(&span)
    }

    /// Where the text `value` is spelled that a literal at `span` stands for: there, or in the `let` whose name stands there.
    pub(crate) fn spelled(&self, query: &str, span: Span, value: &str) -> Option<Span> {
        if let Some(found) = self.inside(span, value) {
            return Some(found);
        }
        let name = span.text(query);
        let named = self.lets.get(name).and_then(|place| self.inside(*place, value));
        let mut all = self.strings.iter().filter(|string| &*string.value == value);
        named.or_else(|| all.next().map(|string| string.span))
    }

    fn inside(&self, span: Span, value: &str) -> Option<Span> {
        let from = self.strings.partition_point(|string| string.span.start < span.start);
        let inside = self.strings.iter().skip(from).take_while(|s| s.span.end <= span.end);
        inside.into_iter().find(|string| &*string.value == value).map(|string| string.span)
    }

    fn json(&mut self, json: &Json) {
        match &json.kind {
            JsonKind::String(value) => {
                self.strings.push(Spelled { span: json.span, value: value.clone() });
            }
            JsonKind::Array(items) => items.iter().for_each(|item| self.json(item)),
            JsonKind::Bag(entries) => entries.iter().for_each(|(_, value)| self.json(value)),
            JsonKind::Null
            | JsonKind::Bool(_)
            | JsonKind::Long(_)
            | JsonKind::Real(_)
            | JsonKind::DateTime(_)
            | JsonKind::TimeSpan(_)
            | JsonKind::Guid(_)
            | JsonKind::Decimal(_) => {}
        }
    }

    fn literal(&mut self, literal: &Literal, span: Span) {
        match literal {
            Literal::String(text) => {
                self.strings.push(Spelled { span, value: text.value.clone() });
            }
            Literal::Dynamic(json) => self.json(json),
            Literal::DateTime(_) => self.datetimes.push(span),
            _ => {}
        }
    }
}

impl Visitor for TreeFacts {
    fn expr(&mut self, expr: &Expr) {
        match &expr.kind {
            ExprKind::Literal(literal) => self.literal(literal, expr.span),
            ExprKind::Name(name) => self.calls.push((name.name.clone(), expr.span)),
            ExprKind::Call(call) => self.calls.push((call.name.name.clone(), expr.span)),
            ExprKind::Logical { operator: LogicalOperator::Or, operands } => {
                let is_and = |operand: &&Expr| {
                    matches!(operand.kind, ExprKind::Logical { operator: LogicalOperator::And, .. })
                };
                if let Some(and) = operands.iter().find(is_and) {
                    self.mixed.push(MixedLogic { span: expr.span, and: and.span });
                }
            }
            _ => {}
        }
    }

    fn operator(&mut self, operator: &Operator) {
        match &operator.kind {
            OperatorKind::Join(join) => self.joins.push(WrittenJoin {
                span: operator.span,
                keyword: operator.keyword,
                has_kind: join.parameters.iter().any(|parameter| &*parameter.name.name == "kind"),
            }),
            OperatorKind::Union { parameters, .. } => {
                let fuzzy = parameters.iter().filter(|parameter| is_true(parameter, "isfuzzy"));
                self.fuzzy.extend(fuzzy.map(|parameter| parameter.span));
            }
            OperatorKind::As { name, .. } => {
                self.declared.insert(name.name.clone());
            }
            _ => {}
        }
    }

    fn statement(&mut self, statement: &Statement) {
        let StatementKind::Let(written) = &statement.kind else { return };
        let name = written.name.name.clone();
        self.declared.insert(name.clone());
        if let LetValue::Expression(value) = &written.value {
            self.lets.insert(name, value.span);
        }
    }
}

fn is_true(parameter: &OperatorParameter, name: &str) -> bool {
    let is_true = match &parameter.value {
        ParameterValue::Name(value) => value.name.eq_ignore_ascii_case("true"),
        ParameterValue::Expr(Expr { kind: ExprKind::Literal(Literal::Bool(text)), .. }) => {
            text.eq_ignore_ascii_case("true") || &**text == "1"
        }
        _ => false,
    };
    is_true && parameter.name.name.eq_ignore_ascii_case(name)
}
