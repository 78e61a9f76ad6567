//! HR509: a threshold that cannot be reached.

use kql_semantics::bound::{AggregateCall, ColumnId, Rowset, RowsetKind, Scalar, ScalarKind};
use kql_syntax::{Diagnostic, Severity};

use crate::facts::comparison::at_least;
use crate::facts::conjuncts;
use crate::lint::{BoundRule, Confidence, Lint, Persona};
use crate::rule::TriggerOperator;

pub(crate) static LINT: Lint = Lint {
    code: "HR509",
    name: "out-of-reach",
    level: Severity::Warning,
    persona: Persona::Regular,
    confidence: Confidence::High,
    finds: "A threshold above what can be counted: more rows than a total has, more different values of a column than a group by that column has, a longer set than it was limited to.",
    why: "The rule runs and never fires.",
    example: "SigninLogs\n| summarize Users = dcount(UserPrincipalName) by UserPrincipalName\n| where Users > 5\n",
    instead: "SigninLogs\n| summarize Users = dcount(UserPrincipalName) by IPAddress\n| where Users > 5\n",
    ignore: "Never.",
    check,
};

fn check(rule: &BoundRule<'_>, found: &mut Vec<Diagnostic>) {
    trigger(rule, found);
    for (_, _, predicate) in rule.facts.filters() {
        for part in conjuncts(predicate) {
            let Some((id, least)) = at_least(part) else { continue };
            let Some((call, keys)) = rule.facts.aggregate(id) else { continue };
            if least >= 2 && is_constant_in(call, keys) {
                let message = format!(
                    "`{}` counts a column that the groups are made by, so it is 1 always",
                    call.function
                );
                found.push(
                    LINT.at(rule.file(part.span), "never reached", message)
                        .mark(rule.file(call.span), "one value a group")
                        .help("group by something else, or count another column"),
                );
            }
        }
    }
}

/// More rows wanted than a total gives.
fn trigger(rule: &BoundRule<'_>, found: &mut Vec<Diagnostic>) {
    let (Some(schedule), Some(result)) = (rule.rule.schedule, rule.facts.result()) else { return };
    if !is_total(result)
        || schedule.operator != TriggerOperator::GreaterThan
        || schedule.threshold < 1
    {
        return;
    }
    let message = format!(
        "the result is one row at most, and the rule fires on more than {}",
        schedule.threshold
    );
    found.push(
        LINT.at(rule.field_span("triggerThreshold"), "never reached", message)
            .mark(rule.file(result.span), "")
            .help("compare in the query, and fire on more than 0 rows"),
    );
}

fn is_total(rowset: &Rowset) -> bool {
    match &rowset.kind {
        RowsetKind::Summarize { is_total, .. } => *is_total,
        RowsetKind::Filter { input, .. }
        | RowsetKind::Extend { input, .. }
        | RowsetKind::Project { input, .. }
        | RowsetKind::Sort { input, .. } => is_total(input),
        _ => false,
    }
}

fn is_constant_in(call: &AggregateCall, keys: &[(ColumnId, Scalar)]) -> bool {
    let column = |scalar: &Scalar| match scalar.kind {
        ScalarKind::Column(id) => Some(id),
        _ => None,
    };
    let counted = call.arguments.first().and_then(column);
    matches!(&*call.function, "dcount" | "count_distinct")
        && counted.is_some()
        && keys.iter().any(|(_, value)| column(value) == counted)
}
