//! HR508: some rows, whichever.

use kql_semantics::Value;
use kql_semantics::bound::{RowsetKind, Scalar};
use kql_syntax::{Diagnostic, Severity};

use crate::lint::{BoundRule, Confidence, Lint, Persona};

pub(crate) static LINT: Lint = Lint {
    code: "HR508",
    name: "not-reproducible",
    level: Severity::Information,
    persona: Persona::Pedantic,
    confidence: Confidence::High,
    finds: "`take`, `limit` or `sample` without an order in a rule that alerts.",
    why: "Which rows come is not defined: two runs over the same events can alert on different ones, and an investigation can not repeat the result.",
    example: "id: 3b1f1a52-6d8f-4a3c-9a1e-5a0a5f0a7a01\nname: Some failed logons\nkind: Scheduled\nseverity: Low\nqueryFrequency: 1h\nqueryPeriod: 1h\ntriggerOperator: gt\ntriggerThreshold: 0\nquery: |\n  SecurityEvent\n  | where EventID == 4625\n  | take 10\n",
    instead: "id: 3b1f1a52-6d8f-4a3c-9a1e-5a0a5f0a7a01\nname: Some failed logons\nkind: Scheduled\nseverity: Low\nqueryFrequency: 1h\nqueryPeriod: 1h\ntriggerOperator: gt\ntriggerThreshold: 0\nquery: |\n  SecurityEvent\n  | where EventID == 4625\n  | top 10 by TimeGenerated desc\n",
    ignore: "It only asks whether there is a row at all (`take 1`).",
    check,
};

fn check(rule: &BoundRule<'_>, found: &mut Vec<Diagnostic>) {
    if !rule.is_detection() {
        return;
    }
    for rowset in rule.facts.own_rowsets() {
        let (input, count) = match &rowset.kind {
            RowsetKind::Take { input, count } => (input, count),
            RowsetKind::Sample { input, count } => (input, count),
            _ => continue,
        };
        if is_ordered(&input.kind) || is_one(count) {
            continue;
        }
        found.push(
            LINT.at(
                rule.file(rowset.span),
                "which rows is not defined",
                "some rows are taken without an order",
            )
            .help("write `top N by ...`, or `sort` before it"),
        );
    }
}

fn is_ordered(kind: &RowsetKind) -> bool {
    match kind {
        RowsetKind::Sort { .. } => true,
        RowsetKind::Filter { input, .. }
        | RowsetKind::Extend { input, .. }
        | RowsetKind::Project { input, .. }
        | RowsetKind::Serialize { input } => is_ordered(&input.kind),
        _ => false,
    }
}

fn is_one(count: &Scalar) -> bool {
    matches!(count.as_literal(), Some(Value::Long(1) | Value::Int(1)))
}
