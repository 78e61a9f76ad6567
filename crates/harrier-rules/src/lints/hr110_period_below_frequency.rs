//! HR110: gaps between the windows.

use kql_syntax::{Diagnostic, Severity};

use crate::facts::time::words;
use crate::lint::{BoundRule, Confidence, Lint, Persona};

pub(crate) static LINT: Lint = Lint {
    code: "HR110",
    name: "period-below-frequency",
    level: Severity::Error,
    persona: Persona::Regular,
    confidence: Confidence::High,
    finds: "A `queryPeriod` shorter than `queryFrequency`.",
    why: "Between two runs lies time that no run looks at. Sentinel refuses the rule.",
    example: "id: 3b1f1a52-6d8f-4a3c-9a1e-5a0a5f0a7a01\nname: An example\ndescription: An example.\nkind: Scheduled\nseverity: Low\nrequiredDataConnectors: []\nqueryFrequency: 1d\nqueryPeriod: 1h\ntriggerOperator: gt\ntriggerThreshold: 0\nquery: |\n  SecurityEvent\n  | where EventID == 1102\n  | project TimeGenerated, Account, Computer\n",
    instead: "id: 3b1f1a52-6d8f-4a3c-9a1e-5a0a5f0a7a01\nname: An example\ndescription: An example.\nkind: Scheduled\nseverity: Low\nrequiredDataConnectors: []\nqueryFrequency: 1h\nqueryPeriod: 1h\ntriggerOperator: gt\ntriggerThreshold: 0\nquery: |\n  SecurityEvent\n  | where EventID == 1102\n  | project TimeGenerated, Account, Computer\n",
    ignore: "Never.",
    check,
};

fn check(rule: &BoundRule<'_>, found: &mut Vec<Diagnostic>) {
    let Some(schedule) = rule.rule.schedule.filter(|schedule| schedule.period < schedule.frequency)
    else {
        return;
    };
    let message = format!(
        "each run sees {} and runs come every {}: {} between them are never looked at",
        words(schedule.period.ticks()),
        words(schedule.frequency.ticks()),
        words(schedule.frequency.ticks() - schedule.period.ticks())
    );
    found.push(
        LINT.at(rule.field_span("queryPeriod"), "too short", message)
            .mark(rule.field_span("queryFrequency"), "")
            .help("make the period as long as the frequency at least"),
    );
}
