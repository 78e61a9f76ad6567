//! HR108: a change without a new version.

use kql_syntax::{Diagnostic, Severity};

use crate::lint::{BoundRule, Confidence, Lint, Persona};

pub(crate) static LINT: Lint = Lint {
    code: "HR108",
    name: "version-not-raised",
    level: Severity::Warning,
    persona: Persona::Regular,
    confidence: Confidence::High,
    finds: "A query, schedule or mapping that changed while the version did not.",
    why: "Installations compare versions: they do not learn that there is something new.",
    example: "id: 3b1f1a52-6d8f-4a3c-9a1e-5a0a5f0a7a01\nname: An example\ndescription: An example.\nkind: Scheduled\nseverity: Low\nrequiredDataConnectors: []\nqueryFrequency: 1h\nqueryPeriod: 1h\ntriggerOperator: gt\ntriggerThreshold: 0\nquery: |\n  SecurityEvent\n  | where EventID == 1102\n  | project TimeGenerated, Account, Computer\nversion: 1.0.0\n---earlier\nid: 3b1f1a52-6d8f-4a3c-9a1e-5a0a5f0a7a01\nname: An example\ndescription: An example.\nkind: Scheduled\nseverity: Low\nrequiredDataConnectors: []\nqueryFrequency: 1h\nqueryPeriod: 1h\ntriggerOperator: gt\ntriggerThreshold: 0\nquery: |\n  SecurityEvent\n  | where EventID == 1100\n  | project TimeGenerated, Account, Computer\nversion: 1.0.0\n",
    instead: "id: 3b1f1a52-6d8f-4a3c-9a1e-5a0a5f0a7a01\nname: An example\ndescription: An example.\nkind: Scheduled\nseverity: Low\nrequiredDataConnectors: []\nqueryFrequency: 1h\nqueryPeriod: 1h\ntriggerOperator: gt\ntriggerThreshold: 0\nquery: |\n  SecurityEvent\n  | where EventID == 1102\n  | project TimeGenerated, Account, Computer\nversion: 1.0.1\n---earlier\nid: 3b1f1a52-6d8f-4a3c-9a1e-5a0a5f0a7a01\nname: An example\ndescription: An example.\nkind: Scheduled\nseverity: Low\nrequiredDataConnectors: []\nqueryFrequency: 1h\nqueryPeriod: 1h\ntriggerOperator: gt\ntriggerThreshold: 0\nquery: |\n  SecurityEvent\n  | where EventID == 1100\n  | project TimeGenerated, Account, Computer\nversion: 1.0.0\n",
    ignore: "Only blanks and comments changed.",
    check,
};

fn check(rule: &BoundRule<'_>, found: &mut Vec<Diagnostic>) {
    let Some(earlier) = rule.beside.earlier else { return };
    let (now, before) = (rule.rule, earlier);
    let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let what = if words(&now.query.text) != words(&before.query.text) {
        "query"
    } else if now.schedule != before.schedule {
        "schedule"
    } else if now.entity_mappings != before.entity_mappings {
        "entity mapping"
    } else {
        return;
    };
    if now.version == before.version {
        let message = format!("the {what} changed and the version did not");
        found.push(
            LINT.at(rule.field_span("version"), "as before", message).help("raise the version"),
        );
    }
}
