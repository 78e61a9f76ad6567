//! HR220: a table read over all time.

use kql_syntax::{Diagnostic, Severity};

use crate::RuleKind;
use crate::facts::time::{Bound, is_state};
use crate::lint::{BoundRule, Confidence, Lint, Persona};

pub(crate) static LINT: Lint = Lint {
    code: "HR220",
    name: "no-time",
    level: Severity::Warning,
    persona: Persona::Regular,
    confidence: Confidence::High,
    finds: "A hunting query that reads a table without a condition on its time, and no schedule that supplies one.",
    why: "Run outside the portal, whose picker adds a bound, it reads everything that is kept: slow and dear, and what it finds may be years old.",
    example: "id: 3b1f1a52-6d8f-4a3c-9a1e-5a0a5f0a7a01\nname: Cleared logs\nquery: |\n  SecurityEvent\n  | where EventID == 1102\n",
    instead: "id: 3b1f1a52-6d8f-4a3c-9a1e-5a0a5f0a7a01\nname: Cleared logs\nquery: |\n  SecurityEvent\n  | where TimeGenerated > ago(7d)\n  | where EventID == 1102\n",
    ignore: "The query is only run where a time is picked beside it.",
    check,
};

fn check(rule: &BoundRule<'_>, found: &mut Vec<Diagnostic>) {
    if matches!(rule.rule.kind, RuleKind::Scheduled | RuleKind::Nrt) || rule.has_errors {
        return;
    }
    let open: Vec<_> = rule
        .facts
        .scans()
        .iter()
        .filter(|scan| {
            scan.interval.low == Bound::Open
                && !scan.has_other_time
                && !is_state(&scan.table.name)
                && !rule.facts.tree.is_foreign(scan.rowset.span)
        })
        .collect();
    let Some(first) = open.iter().min_by_key(|scan| scan.rowset.span) else { return };
    let mut others: Vec<&str> = open.iter().map(|scan| &*scan.table.name).collect();
    others.sort_unstable();
    others.dedup();
    let names = others.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    let verb = if others.len() > 1 { "are" } else { "is" };
    found.push(
        LINT.at(
            rule.file(first.rowset.span),
            "no condition on its time",
            format!("{names} {verb} read over all time"),
        )
        .help("begin with a condition on the time, such as `| where TimeGenerated > ago(7d)`"),
    );
}
