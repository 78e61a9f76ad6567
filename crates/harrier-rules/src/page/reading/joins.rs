//! How tables are put together.

use std::collections::BTreeSet;

use kql_semantics::bound::{JoinKind, Rowset, RowsetKind, Scalar, ScalarKind};
use kql_syntax::Span;

use super::{Bases, Condition, ConditionKind};
use crate::facts::Facts;
use crate::facts::keys::{Uniqueness, uniqueness};

/// A join or a lookup.
#[derive(Clone, Debug)]
pub(crate) struct Join {
    pub(crate) kind: JoinKind,
    /// Whether the kind is what is not written.
    pub(crate) is_implicit: bool,
    pub(crate) is_lookup: bool,
    pub(crate) left: JoinSide,
    pub(crate) right: JoinSide,
    pub(crate) span: Span,
    /// Whether its left rows differ in the key.
    pub(crate) left_rows: Uniqueness,
    /// Whether rows are compared beyond the key afterwards.
    pub(crate) is_compared: bool,
}

/// One side of a join.
#[derive(Clone, Debug)]
pub(crate) struct JoinSide {
    pub(crate) sources: BTreeSet<usize>,
    /// The key columns by their names there.
    pub(crate) keys: Vec<JoinKey>,
    /// The name by which the side goes, where it is a `let`.
    pub(crate) name: Option<String>,
}

/// A key column on one side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct JoinKey {
    pub(crate) name: String,
    /// The table's column that it is, with the way into it; empty for what is computed.
    pub(crate) path: String,
}

pub(super) fn read<'a>(
    facts: &'a Facts<'a>,
    bases: &Bases<'a>,
    conditions: &[Condition],
) -> Vec<Join> {
    let mut joins = Vec::new();
    for rowset in facts.own_rowsets() {
        let RowsetKind::Join(join) = &rowset.kind else { continue };
        let sources = |rowset: &Rowset| tables_below(rowset, bases);
        let key = |scalar: &'a Scalar| JoinKey {
            name: match scalar.kind {
                ScalarKind::Column(id) => facts.name(id).to_owned(),
                _ => scalar.span.text(facts.text).to_owned(),
            },
            path: facts.paths(scalar).first().map(|path| path.text()).unwrap_or_default(),
        };
        let name = |rowset: &Rowset| match &rowset.kind {
            RowsetKind::Reference { definition } => {
                definition.name.as_ref().map(ToString::to_string)
            }
            _ => None,
        };
        let left_keys = join.keys.iter().filter_map(|(left, _)| match left.kind {
            ScalarKind::Column(id) => Some(id),
            _ => None,
        });
        let written = facts.tree.joins.iter().find(|written| written.span == rowset.span);
        let left = sources(&join.left);
        let right = sources(&join.right);
        let is_compared = conditions.iter().any(|condition| {
            matches!(condition.kind, ConditionKind::Order(_) | ConditionKind::Relation { .. })
                && condition.span.start > rowset.span.start
        });
        joins.push(Join {
            kind: join.kind,
            is_implicit: !join.is_lookup && written.is_some_and(|written| !written.has_kind),
            is_lookup: join.is_lookup,
            left: JoinSide {
                sources: left,
                keys: join.keys.iter().map(|(left, _)| key(left)).collect(),
                name: name(&join.left),
            },
            right: JoinSide {
                sources: right,
                keys: join.keys.iter().map(|(_, right)| key(right)).collect(),
                name: name(&join.right),
            },
            span: rowset.span,
            left_rows: uniqueness(&join.left, &left_keys.collect()),
            is_compared,
        });
    }
    joins.sort_by_key(|join| join.span);
    joins
}

/// The tables that a rowset's rows come from, definitions of names once each.
fn tables_below(rowset: &Rowset, bases: &Bases<'_>) -> BTreeSet<usize> {
    let mut found = BTreeSet::new();
    let mut seen = BTreeSet::new();
    let mut waiting = vec![rowset];
    while let Some(rowset) = waiting.pop() {
        match &rowset.kind {
            RowsetKind::Table(_) => {
                let places =
                    rowset.columns.iter().filter_map(|column| bases.places.get(&column.id));
                found.extend(places.map(|(source, _)| *source).take(1));
            }
            RowsetKind::Reference { definition } if !seen.insert(definition.id) => {}
            _ => rowset.for_each_input(&mut |input| waiting.push(input)),
        }
    }
    found
}
