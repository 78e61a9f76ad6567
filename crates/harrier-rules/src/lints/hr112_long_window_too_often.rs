//! HR112: a long window run too often.

use kql_syntax::{Diagnostic, Severity};

use crate::facts::time::words;
use crate::lint::{BoundRule, Confidence, Lint, Persona};

pub(crate) static LINT: Lint = Lint {
    code: "HR112",
    name: "long-window-too-often",
    level: Severity::Error,
    persona: Persona::Regular,
    confidence: Confidence::High,
    finds: "A period of two days or more with a frequency below an hour.",
    why: "Sentinel refuses the rule: it would read days of logs every few minutes.",
    example: "id: 3b1f1a52-6d8f-4a3c-9a1e-5a0a5f0a7a01\nname: An example\ndescription: An example.\nkind: Scheduled\nseverity: Low\nrequiredDataConnectors: []\nqueryFrequency: 5m\nqueryPeriod: 7d\ntriggerOperator: gt\ntriggerThreshold: 0\nquery: |\n  SecurityEvent\n  | where EventID == 1102\n  | project TimeGenerated, Account, Computer\n",
    instead: "id: 3b1f1a52-6d8f-4a3c-9a1e-5a0a5f0a7a01\nname: An example\ndescription: An example.\nkind: Scheduled\nseverity: Low\nrequiredDataConnectors: []\nqueryFrequency: 1h\nqueryPeriod: 7d\ntriggerOperator: gt\ntriggerThreshold: 0\nquery: |\n  SecurityEvent\n  | where EventID == 1102\n  | project TimeGenerated, Account, Computer\n",
    ignore: "The rule is run by something else.",
    check,
};

fn check(rule: &BoundRule<'_>, found: &mut Vec<Diagnostic>) {
    let Some(schedule) = rule.rule.schedule else { return };
    if schedule.period.0 >= 2 * 86_400 && schedule.frequency.0 < 3600 {
        let message = format!(
            "{} are read every {}",
            words(schedule.period.ticks()),
            words(schedule.frequency.ticks())
        );
        found.push(
            LINT.at(rule.field_span("queryFrequency"), "too often", message)
                .help("run it hourly at most, or look back less than 2d"),
        );
    }
}
