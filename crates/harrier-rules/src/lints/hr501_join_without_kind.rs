//! HR501: a join that keeps one arbitrary event of each key.

use std::collections::HashSet;

use kql_semantics::bound::{
    ColumnId, JoinKind, JoinRowset, Rowset, RowsetKind, Scalar, ScalarKind,
};
use kql_syntax::tree::BinaryOperator;
use kql_syntax::{Diagnostic, Severity};

use crate::facts::keys::{Uniqueness, uniqueness};
use crate::facts::{Facts, columns_of, has_column};
use crate::lint::{BoundRule, Confidence, Lint, Persona, with_level};

pub(crate) static LINT: Lint = Lint {
    code: "HR501",
    name: "join-without-kind",
    level: Severity::Warning,
    persona: Persona::Regular,
    confidence: Confidence::High,
    finds: "A `join` without `kind` whose left side has several rows for a key. An error where columns of both sides are compared afterwards.",
    why: "Without a kind, KQL joins by `innerunique`: of each key it keeps one arbitrary row of the left side and throws the others away before anything is compared. Of a hundred sign-ins of an application, one is looked at.",
    example: "SigninLogs\n| join (AuditLogs | project CorrelationId, OperationName) on CorrelationId\n",
    instead: "SigninLogs\n| join kind=inner (AuditLogs | project CorrelationId, OperationName) on CorrelationId\n",
    ignore: "One row a key is enough, whichever: then write `kind=innerunique`, so that the next reader knows.",
    check,
};

fn check(rule: &BoundRule<'_>, found: &mut Vec<Diagnostic>) {
    for (rowset, join) in many_sided(&rule.facts) {
        let written = rule.facts.tree.joins.iter().find(|written| written.span == rowset.span);
        let Some(written) = written.filter(|written| !written.has_kind) else { continue };
        let keys = key_names(&rule.facts, join);
        let compared = compared_sides(&rule.facts, join);
        let message = match compared {
            true => format!(
                "without a kind, `join` keeps one arbitrary row of the left side for each `{keys}`, and only that one is compared with the right side"
            ),
            false => format!(
                "without a kind, `join` keeps one arbitrary row of the left side for each `{keys}`"
            ),
        };
        let help = match needs_right(&rule.facts, join, rowset) {
            true => "write `kind=inner` to compare all of them",
            false => {
                "nothing of the right side is used: write `kind=leftsemi` to keep every left row that has a partner"
            }
        };
        let level = if compared { Severity::Error } else { Severity::Warning };
        let finding = LINT
            .at(rule.file(written.keyword), "innerunique: most rows are dropped here", message)
            .help(help);
        found.push(with_level(finding, level));
    }
}

/// Joins by `innerunique` whose left side may have several rows a key.
pub(super) fn many_sided<'a>(facts: &Facts<'a>) -> Vec<(&'a Rowset, &'a JoinRowset)> {
    let joins = facts.own_rowsets().filter_map(|rowset| match &rowset.kind {
        RowsetKind::Join(join) if join.kind == JoinKind::InnerUnique => Some((rowset, &**join)),
        _ => None,
    });
    joins.filter(|(_, join)| uniqueness(&join.left, &left_keys(join)) == Uniqueness::Many).collect()
}

/// The columns of the left side that are compared with the right side's.
pub(super) fn left_keys(join: &JoinRowset) -> HashSet<ColumnId> {
    join.keys.iter().flat_map(|(left, _)| columns_of(left)).collect()
}

/// The columns of the right side that are compared with the left side's.
pub(super) fn right_keys(join: &JoinRowset) -> HashSet<ColumnId> {
    join.keys.iter().flat_map(|(_, right)| columns_of(right)).collect()
}

/// The keys in words.
pub(super) fn key_names(facts: &Facts<'_>, join: &JoinRowset) -> String {
    let names: Vec<&str> =
        join.keys.iter().flat_map(|(left, _)| columns_of(left)).map(|id| facts.name(id)).collect();
    names.join(", ")
}

/// Whether some comparison reads columns of both sides.
fn compared_sides(facts: &Facts<'_>, join: &JoinRowset) -> bool {
    let mut is_compared = false;
    facts.each_scalar(&mut |_, scalar| {
        let is_comparison = match &scalar.kind {
            ScalarKind::Binary { operator, .. } => is_ordering(*operator),
            ScalarKind::Between { .. } => true,
            _ => false,
        };
        if !is_comparison || is_compared {
            return;
        }
        let columns = sides(facts, scalar);
        let left = columns.iter().any(|id| has_column(&join.left, *id));
        let right =
            columns.iter().any(|id| has_column(&join.right, *id) && !has_column(&join.left, *id));
        is_compared = left && right;
    });
    is_compared
}

/// The columns that a scalar reads, and those that these were computed from.
fn sides(facts: &Facts<'_>, scalar: &Scalar) -> Vec<ColumnId> {
    let mut columns = columns_of(scalar);
    let mut place = 0;
    while let Some(id) = columns.get(place).copied() {
        place += 1;
        if columns.len() > 200 {
            break;
        }
        if let Some(crate::facts::origin::Origin::Value(value)) = facts.origins.get(&id) {
            for more in columns_of(value) {
                if !columns.contains(&more) {
                    columns.push(more);
                }
            }
        }
    }
    columns
}

fn is_ordering(operator: BinaryOperator) -> bool {
    use BinaryOperator as B;
    matches!(
        operator,
        B::Less
            | B::LessOrEqual
            | B::Greater
            | B::GreaterOrEqual
            | B::NotEqual
            | B::Equal
            | B::EqualTilde
            | B::BangTilde
    )
}

/// Whether anything reads a column of the right side that is no key.
fn needs_right(facts: &Facts<'_>, join: &JoinRowset, joined: &Rowset) -> bool {
    let keys = right_keys(join);
    let wanted: HashSet<ColumnId> =
        join.right.columns.iter().map(|column| column.id).filter(|id| !keys.contains(id)).collect();
    let mut is_needed = false;
    facts.each_scalar(&mut |rowset, scalar| {
        let is_above = !std::ptr::eq(rowset, joined) && rowset.span.start >= joined.span.start;
        is_needed |=
            is_above && matches!(scalar.kind, ScalarKind::Column(id) if wanted.contains(&id));
    });
    // What nobody projects away is in the result.
    is_needed
        || facts
            .result()
            .is_some_and(|result| result.columns.iter().any(|column| wanted.contains(&column.id)))
        || joined.is_open
}
