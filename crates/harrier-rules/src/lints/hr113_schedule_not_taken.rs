//! HR113: a schedule where none counts.

use kql_syntax::{Diagnostic, Severity};

use crate::RuleKind;
use crate::lint::{BoundRule, Confidence, Lint, Persona};

pub(crate) static LINT: Lint = Lint {
    code: "HR113",
    name: "schedule-not-taken",
    level: Severity::Error,
    persona: Persona::Regular,
    confidence: Confidence::High,
    finds: "An NRT rule with a schedule, or a hunt with one.",
    why: "An NRT rule runs every minute: what the file says of frequency, period and threshold is not what happens. Sentinel refuses such a file.",
    example: "id: 3b1f1a52-6d8f-4a3c-9a1e-5a0a5f0a7a01\nname: An example\ndescription: An example.\nkind: NRT\nseverity: Low\nrequiredDataConnectors: []\nqueryFrequency: 1h\nqueryPeriod: 1h\ntriggerOperator: gt\ntriggerThreshold: 0\nquery: |\n  SecurityEvent\n  | where EventID == 1102\n  | project TimeGenerated, Account, Computer\n",
    instead: "id: 3b1f1a52-6d8f-4a3c-9a1e-5a0a5f0a7a01\nname: An example\ndescription: An example.\nkind: NRT\nseverity: Low\nrequiredDataConnectors: []\nquery: |\n  SecurityEvent\n  | where EventID == 1102\n  | project TimeGenerated, Account, Computer\n",
    ignore: "Never.",
    check,
};

fn check(rule: &BoundRule<'_>, found: &mut Vec<Diagnostic>) {
    let name = ["queryFrequency", "queryPeriod", "triggerOperator", "triggerThreshold"];
    let Some(name) = name.into_iter().find(|name| rule.field(name).is_some()) else { return };
    if rule.rule.kind == RuleKind::Nrt {
        let message = format!("`{name}` counts for nothing in an NRT rule");
        found.push(
            LINT.at(rule.field_span(name), "not taken", message)
                .help("remove the schedule, or write `kind: Scheduled`"),
        );
    }
}
