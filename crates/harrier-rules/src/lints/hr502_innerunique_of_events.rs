//! HR502: `innerunique` said of events.

use kql_syntax::{Diagnostic, Severity};

use super::hr501_join_without_kind::{key_names, many_sided};
use crate::lint::{BoundRule, Confidence, Lint, Persona};

pub(crate) static LINT: Lint = Lint {
    code: "HR502",
    name: "innerunique-of-events",
    level: Severity::Information,
    persona: Persona::Pedantic,
    confidence: Confidence::Medium,
    finds: "`join kind=innerunique` whose left side has several rows for a key.",
    why: "One arbitrary row of each key is kept. It is written out, so it may be meant; which row it is can differ between two runs over the same data.",
    example: "SigninLogs\n| join kind=innerunique (AuditLogs | project CorrelationId, OperationName) on CorrelationId\n",
    instead: "SigninLogs\n| summarize arg_max(TimeGenerated, *) by CorrelationId\n| join kind=inner (AuditLogs | project CorrelationId, OperationName) on CorrelationId\n",
    ignore: "Any row of a key is as good as another.",
    check,
};

fn check(rule: &BoundRule<'_>, found: &mut Vec<Diagnostic>) {
    for (rowset, join) in many_sided(&rule.facts) {
        let written = rule.facts.tree.joins.iter().find(|written| written.span == rowset.span);
        let Some(written) = written.filter(|written| written.has_kind) else { continue };
        let keys = key_names(&rule.facts, join);
        let message =
            format!("`innerunique` keeps one arbitrary row of the left side for each `{keys}`");
        found.push(
            LINT.at(rule.file(written.keyword), "which one may differ between runs", message)
                .help("choose the row (`summarize arg_max(...)`), or join by `kind=inner`"),
        );
    }
}
