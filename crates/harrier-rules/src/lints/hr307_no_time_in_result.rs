//! HR307: no time in the result.

use kql_syntax::{Diagnostic, Severity};

use super::hr301_missing_column::closed_result;
use crate::lint::{BoundRule, Confidence, Lint, Persona};

pub(crate) static LINT: Lint = Lint {
    code: "HR307",
    name: "no-time-in-result",
    level: Severity::Information,
    persona: Persona::Pedantic,
    confidence: Confidence::High,
    finds: "A rule that alerts whose result has no `TimeGenerated`.",
    why: "Start and end of the alert fall back to the edges of the window: the timeline of the incident shows when the rule ran, not when it happened.",
    example: "id: 3b1f1a52-6d8f-4a3c-9a1e-5a0a5f0a7a01\nname: An example\nkind: Scheduled\nseverity: Low\nqueryFrequency: 1h\nqueryPeriod: 1h\ntriggerOperator: gt\ntriggerThreshold: 0\nquery: |\n  SecurityEvent\n  | where EventID == 1102\n  | summarize count() by Account\n",
    instead: "id: 3b1f1a52-6d8f-4a3c-9a1e-5a0a5f0a7a01\nname: An example\nkind: Scheduled\nseverity: Low\nqueryFrequency: 1h\nqueryPeriod: 1h\ntriggerOperator: gt\ntriggerThreshold: 0\nquery: |\n  SecurityEvent\n  | where EventID == 1102\n  | summarize count(), TimeGenerated = max(TimeGenerated) by Account\n",
    ignore: "The window is short enough to tell.",
    check,
};

fn check(rule: &BoundRule<'_>, found: &mut Vec<Diagnostic>) {
    let Some(result) = closed_result(rule).filter(|_| rule.is_detection()) else { return };
    if result.column("TimeGenerated").is_some() || result.column("Timestamp").is_some() {
        return;
    }
    let message =
        "the result has no `TimeGenerated`: start and end of the alert are the edges of the window";
    found.push(
        LINT.at(rule.file(result.span), "no time", message)
            .help("keep it, or add `TimeGenerated = max(TimeGenerated)`"),
    );
}
