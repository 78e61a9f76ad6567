//! HR504: a join on a key that names nothing in particular.

use kql_semantics::Type;
use kql_semantics::bound::{JoinKind, RowsetKind, Scalar, ScalarKind};
use kql_syntax::{Diagnostic, Severity, Span};

use super::hr501_join_without_kind::{left_keys, right_keys};
use crate::facts::Facts;
use crate::facts::keys::{Uniqueness, uniqueness};
use crate::lint::{BoundRule, Confidence, Lint, Persona};

pub(crate) static LINT: Lint = Lint {
    code: "HR504",
    name: "product-of-rows",
    level: Severity::Warning,
    persona: Persona::Regular,
    confidence: Confidence::Medium,
    finds: "A join in which neither side is unique on the key, and the key is a constant, a truth value, a display name, or a bin of time alone.",
    why: "Each row of one side meets each row of the other with that key: a product. Display names are not unique, so the events of different applications or people are taken together; a constant joins everything with everything.",
    example: "SigninLogs\n| join kind=inner (AuditLogs | extend Name = Identity) on $left.UserDisplayName == $right.Name\n",
    instead: "SigninLogs\n| join kind=inner (AuditLogs | extend Id = tostring(InitiatedBy.user.id)) on $left.UserId == $right.Id\n",
    ignore: "The product is wanted and small.",
    check,
};

fn check(rule: &BoundRule<'_>, found: &mut Vec<Diagnostic>) {
    if rule.has_errors {
        return;
    }
    for rowset in rule.facts.own_rowsets() {
        let RowsetKind::Join(join) = &rowset.kind else { continue };
        if !matches!(
            join.kind,
            JoinKind::InnerUnique | JoinKind::Inner | JoinKind::LeftOuter | JoinKind::FullOuter
        ) {
            continue;
        }
        let kinds: Vec<Option<&str>> = join
            .keys
            .iter()
            .map(|(left, right)| weakness(&rule.facts, left).or(weakness(&rule.facts, right)))
            .collect();
        let Some(kind) = kinds.first().copied().flatten() else { continue };
        if kinds.iter().any(Option::is_none) {
            continue;
        }
        let is_many = |side, keys| uniqueness(side, &keys) == Uniqueness::Many;
        if !is_many(&join.left, left_keys(join)) || !is_many(&join.right, right_keys(join)) {
            continue;
        }
        let spans = join.keys.iter().map(|(left, right)| left.span.to(right.span));
        let span = spans.reduce(Span::to).unwrap_or(rowset.span);
        let message = format!("the key is {kind}, and neither side has one row for it");
        found.push(
            LINT.at(
                rule.file(span),
                "rows that have nothing to do with each other meet here",
                message,
            )
            .help("join on an id, or make one side unique on the key (`distinct`, `summarize`)"),
        );
    }
}

/// What makes a key a poor one.
fn weakness(facts: &Facts<'_>, key: &Scalar) -> Option<&'static str> {
    if key.ty == Type::Bool {
        return Some("a truth value");
    }
    let ScalarKind::Column(id) = key.kind else { return None };
    if let Some(value) = facts.expression(id) {
        if value.as_literal().is_some_and(|value| value.ty() != Type::Unknown) {
            return Some("a constant");
        }
        if let ScalarKind::Call(call) = &value.kind
            && matches!(&*call.function, "bin" | "floor" | "startofday" | "startofhour")
            && key.ty == Type::DateTime
        {
            return Some("a bin of time");
        }
    }
    let name = facts.name(id).to_ascii_lowercase();
    let is_name = name.ends_with("displayname")
        || matches!(
            name.as_str(),
            "appname" | "applicationname" | "serviceprincipalname" | "identity" | "name"
        );
    is_name.then_some("a display name, which need not be unique")
}
