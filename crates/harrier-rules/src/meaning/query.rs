//! The facts of a bound query.

use std::collections::BTreeSet;
use std::sync::Arc;

use kql_semantics::bound::{
    AggregateCall, BoundQuery, BoundResult, JoinKind, Rowset, RowsetKind, Scalar, ScalarKind,
};
use kql_semantics::{Dynamic, Value};
use kql_syntax::tree::LogicalOperator;

use super::Meaning;
use super::words::{Literals, Words, is_relative, literal};

/// More values of one list are counted, not named.
const MAX_LISTED: usize = 500;

/// Adds what a query means.
pub(super) fn read(query: &BoundQuery, meaning: &mut Meaning) {
    let rowsets = rowsets(query);
    let words = Words::new(query, &rowsets);
    let mut reader = Reader { words: &words, meaning };
    for rowset in &rowsets {
        reader.rowset(rowset);
    }
    if let Some(BoundResult::Table { rowset, .. }) = query.results.last() {
        let column = |column: &kql_semantics::bound::Column| {
            format!("{}: {}", column.name, column.ty.name())
        };
        meaning.columns = rowset.columns.iter().map(column).collect();
        if rowset.is_open {
            meaning.columns.push(String::from("…"));
        }
    }
}

/// All rowsets of a query, outermost first; what several names refer to comes once.
pub(crate) fn rowsets(query: &BoundQuery) -> Vec<&Rowset> {
    let mut all = Vec::new();
    query.walk(&mut |rowset| all.push(rowset));
    all
}

struct Reader<'w, 'q> {
    words: &'w Words<'q>,
    meaning: &'w mut Meaning,
}

impl Reader<'_, '_> {
    fn rowset(&mut self, rowset: &Rowset) {
        match &rowset.kind {
            RowsetKind::Table(table) => {
                self.meaning.tables.insert(table.name.to_string());
            }
            RowsetKind::Called(call) => {
                let arguments: Vec<String> = call
                    .arguments
                    .iter()
                    .map(|one| self.words.scalar(one, Literals::Shown))
                    .collect();
                self.meaning.functions.insert(format!(
                    "{}({})",
                    call.function,
                    arguments.join(", ")
                ));
            }
            RowsetKind::Filter { predicate, .. } => {
                for part in conjuncts(predicate) {
                    self.condition(part);
                }
            }
            RowsetKind::Join(join) => {
                let keys = join.keys.iter().map(|(left, right)| {
                    let [left, right] =
                        [left, right].map(|one| self.words.scalar(one, Literals::Shown));
                    if left == right { left } else { format!("{left} == {right}") }
                });
                let keys: BTreeSet<String> = keys.collect();
                let keys: Vec<String> = keys.into_iter().collect();
                let kind = if join.is_lookup { "lookup" } else { join_kind(join.kind) };
                self.meaning.joins.insert(format!("{kind} on {}", keys.join(", ")));
            }
            RowsetKind::Summarize { keys, aggregates, .. } => {
                let by: Vec<String> =
                    keys.iter().map(|(_, key)| self.words.scalar(key, Literals::Shown)).collect();
                for aggregate in aggregates {
                    let call = self.aggregate(aggregate);
                    let by = if by.is_empty() {
                        String::new()
                    } else {
                        format!(" by {}", by.join(", "))
                    };
                    self.meaning.groups.insert(format!("{call}{by}"));
                }
            }
            _ => rowset.for_each_scalar(&mut |scalar| self.literals(scalar)),
        }
    }

    fn aggregate(&self, aggregate: &AggregateCall) -> String {
        let arguments = aggregate.arguments.iter().take(50);
        let arguments: Vec<String> =
            arguments.map(|one| self.words.scalar(one, Literals::Shown)).collect();
        format!("{}({})", aggregate.function, arguments.join(", "))
    }

    fn condition(&mut self, condition: &Scalar) {
        if is_window(condition) {
            self.meaning.windows.insert(self.words.scalar(condition, Literals::Shown));
            return;
        }
        self.meaning.conditions.insert(self.words.scalar(condition, Literals::Hidden));
        self.literals(condition);
    }

    /// The literals that values are compared with.
    fn literals(&mut self, scalar: &Scalar) {
        let mut found = Vec::new();
        scalar.walk(&mut |inner| match &inner.kind {
            ScalarKind::Binary { operator, operands } => {
                let [left, right] = &**operands;
                if let Some(value) = right.as_literal() {
                    found.push((left, operator.text(), vec![value]));
                } else if let Some(value) = left.as_literal() {
                    found.push((right, operator.text(), vec![value]));
                }
            }
            ScalarKind::InList { operator, value, list } => {
                let values = list.iter().filter_map(Scalar::as_literal).collect();
                found.push((value, operator.text(), values));
            }
            ScalarKind::Call(call) => {
                for argument in &call.arguments {
                    if let Some(value @ Value::String(_)) = argument.as_literal() {
                        found.push((inner, "with", vec![value]));
                    }
                }
            }
            _ => {}
        });
        for (subject, operator, values) in found {
            let subject = self.words.scalar(subject, Literals::Hidden);
            for value in values.iter().flat_map(|value| elements(value)).take(MAX_LISTED) {
                self.meaning.literals.insert(format!("{subject} {operator} {}", literal(&value)));
            }
        }
    }
}

/// A list's values one by one.
fn elements(value: &Value) -> Vec<Value> {
    match value {
        Value::Dynamic(list) => match &**list {
            Dynamic::Array(items) => items.iter().take(MAX_LISTED).map(element).collect(),
            _ => vec![value.clone()],
        },
        _ => vec![value.clone()],
    }
}

/// An element as the value that it is compared as.
fn element(item: &Dynamic) -> Value {
    match item {
        Dynamic::String(text) => Value::String(text.clone()),
        Dynamic::Long(number) => Value::Long(*number),
        Dynamic::Real(number) => Value::Real(*number),
        other => Value::Dynamic(Arc::new(other.clone())),
    }
}

fn conjuncts(predicate: &Scalar) -> Vec<&Scalar> {
    match &predicate.kind {
        ScalarKind::Logical { operator: LogicalOperator::And, operands } => {
            operands.iter().flat_map(conjuncts).collect()
        }
        _ => vec![predicate],
    }
}

/// Whether a condition compares something with an instant that was counted from `now()`.
fn is_window(condition: &Scalar) -> bool {
    let is_from_now = |scalar: &Scalar| matches!(scalar.as_literal(), Some(Value::DateTime(at)) if is_relative(*at));
    match &condition.kind {
        ScalarKind::Binary { operands, .. } => operands.iter().any(is_from_now),
        ScalarKind::Between { operands, .. } => operands.iter().any(is_from_now),
        _ => false,
    }
}

const fn join_kind(kind: JoinKind) -> &'static str {
    match kind {
        JoinKind::InnerUnique => "innerunique",
        JoinKind::Inner => "inner",
        JoinKind::LeftOuter => "leftouter",
        JoinKind::RightOuter => "rightouter",
        JoinKind::FullOuter => "fullouter",
        JoinKind::LeftSemi => "leftsemi",
        JoinKind::RightSemi => "rightsemi",
        JoinKind::LeftAnti => "leftanti",
        JoinKind::RightAnti => "rightanti",
    }
}
