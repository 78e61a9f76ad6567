//! HR111: a frequency or period that is not allowed.

use kql_syntax::{Diagnostic, Severity};

use crate::facts::time::words;
use crate::lint::{BoundRule, Confidence, Lint, Persona};

pub(crate) static LINT: Lint = Lint {
    code: "HR111",
    name: "duration-out-of-range",
    level: Severity::Error,
    persona: Persona::Regular,
    confidence: Confidence::High,
    finds: "A frequency or period below 5 minutes or above 14 days.",
    why: "Sentinel refuses the rule.",
    example: "id: 3b1f1a52-6d8f-4a3c-9a1e-5a0a5f0a7a01\nname: An example\ndescription: An example.\nkind: Scheduled\nseverity: Low\nrequiredDataConnectors: []\nqueryFrequency: 1m\nqueryPeriod: 5m\ntriggerOperator: gt\ntriggerThreshold: 0\nquery: |\n  SecurityEvent\n  | where EventID == 1102\n  | project TimeGenerated, Account, Computer\n",
    instead: "id: 3b1f1a52-6d8f-4a3c-9a1e-5a0a5f0a7a01\nname: An example\ndescription: An example.\nkind: Scheduled\nseverity: Low\nrequiredDataConnectors: []\nqueryFrequency: 5m\nqueryPeriod: 5m\ntriggerOperator: gt\ntriggerThreshold: 0\nquery: |\n  SecurityEvent\n  | where EventID == 1102\n  | project TimeGenerated, Account, Computer\n",
    ignore: "The rule is run by something else.",
    check,
};

fn check(rule: &BoundRule<'_>, found: &mut Vec<Diagnostic>) {
    let Some(schedule) = rule.rule.schedule else { return };
    for (name, duration) in
        [("queryFrequency", schedule.frequency), ("queryPeriod", schedule.period)]
    {
        if rule.field(name).is_some() && !(300..=14 * 86_400).contains(&duration.0) {
            let message = format!("{} is no value of `{name}`", words(duration.ticks()));
            found.push(
                LINT.at(rule.field_span(name), "not allowed", message).help("from 5m to 14d"),
            );
        }
    }
}
