//! HR306: a detail or placeholder without its column.

use kql_syntax::{Diagnostic, Severity};

use super::hr301_missing_column::{closed_result, may_be_there};
use crate::lint::{BoundRule, Confidence, Lint, Persona};
use crate::mappings::named_columns;

pub(crate) static LINT: Lint = Lint {
    code: "HR306",
    name: "missing-detail",
    level: Severity::Error,
    persona: Persona::Regular,
    confidence: Confidence::High,
    finds: "A custom detail, an override or a placeholder that names a column which the query does not give.",
    why: "The detail is left out of every alert; with a missing placeholder the whole title falls back to the rule's name.",
    example: "id: 3b1f1a52-6d8f-4a3c-9a1e-5a0a5f0a7a01\nname: An example\nkind: Scheduled\nseverity: Low\nqueryFrequency: 1h\nqueryPeriod: 1h\ntriggerOperator: gt\ntriggerThreshold: 0\ncustomDetails:\n  Where: Country\nquery: |\n  SecurityEvent\n  | where EventID == 1102\n  | project TimeGenerated, Account, Computer\n",
    instead: "id: 3b1f1a52-6d8f-4a3c-9a1e-5a0a5f0a7a01\nname: An example\nkind: Scheduled\nseverity: Low\nqueryFrequency: 1h\nqueryPeriod: 1h\ntriggerOperator: gt\ntriggerThreshold: 0\ncustomDetails:\n  Where: Computer\nquery: |\n  SecurityEvent\n  | where EventID == 1102\n  | project TimeGenerated, Account, Computer\n",
    ignore: "Never.",
    check,
};

fn check(rule: &BoundRule<'_>, found: &mut Vec<Diagnostic>) {
    let Some(result) = closed_result(rule) else { return };
    for (what, column, span) in named_columns(rule) {
        let is_there = result.columns.iter().any(|other| other.name.eq_ignore_ascii_case(column));
        if column.is_empty() || is_there || may_be_there(rule, result, column) {
            continue;
        }
        let message = format!("{what} names `{column}`, which the query does not give");
        found.push(
            LINT.at(span, "no such column in the result", message)
                .help("name a column of the result, or add it there"),
        );
    }
}
