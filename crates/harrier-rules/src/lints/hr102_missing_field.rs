//! HR102: a field that is missing.

use kql_syntax::{Diagnostic, Severity};

use crate::RuleKind;
use crate::lint::{BoundRule, Confidence, Lint, Persona};

pub(crate) static LINT: Lint = Lint {
    code: "HR102",
    name: "missing-field",
    level: Severity::Warning,
    persona: Persona::Regular,
    confidence: Confidence::High,
    finds: "A field that a rule must have and does not: `id`, `name`, `description`, `severity`, and what says when it runs and fires.",
    why: "Sentinel refuses to import such a rule, or fills in a default that nobody chose.",
    example: "id: 3b1f1a52-6d8f-4a3c-9a1e-5a0a5f0a7a01\nname: An example\ndescription: An example.\nkind: Scheduled\nrequiredDataConnectors: []\nqueryFrequency: 1h\nqueryPeriod: 1h\ntriggerOperator: gt\ntriggerThreshold: 0\nquery: |\n  SecurityEvent\n  | where EventID == 1102\n  | project TimeGenerated, Account, Computer\n",
    instead: "id: 3b1f1a52-6d8f-4a3c-9a1e-5a0a5f0a7a01\nname: An example\ndescription: An example.\nkind: Scheduled\nseverity: Low\nrequiredDataConnectors: []\nqueryFrequency: 1h\nqueryPeriod: 1h\ntriggerOperator: gt\ntriggerThreshold: 0\nquery: |\n  SecurityEvent\n  | where EventID == 1102\n  | project TimeGenerated, Account, Computer\n",
    ignore: "It is a hunt that is only ever run by hand.",
    check,
};

fn check(rule: &BoundRule<'_>, found: &mut Vec<Diagnostic>) {
    let wanted: &[&str] = match rule.rule.kind {
        RuleKind::Scheduled => &[
            "id",
            "name",
            "description",
            "severity",
            "kind",
            "requiredDataConnectors",
            "queryFrequency",
            "queryPeriod",
            "triggerOperator",
            "triggerThreshold",
        ],
        RuleKind::Nrt => &["id", "name", "description", "severity", "kind"],
        RuleKind::Hunting => &["id", "name", "description"],
        RuleKind::Exploration | RuleKind::Query => return,
    };
    if rule.rule.document.is_none() {
        return;
    }
    let has = |name: &str| rule.field(name).is_some() || rule.field(alias(name)).is_some();
    let missing: Vec<String> =
        wanted.iter().filter(|name| !has(name)).map(|name| format!("`{name}`")).collect();
    if missing.is_empty() {
        return;
    }
    let span = rule.field("name").map_or_else(|| rule.field_span("query"), |node| node.span);
    let message = format!("the rule says no {}", missing.join(", "));
    found.push(LINT.at(span, "", message).help("add what is missing"));
}

/// How some files spell it.
fn alias(name: &str) -> &str {
    match name {
        "id" => "Id",
        "name" => "DisplayName",
        "description" => "Description",
        _ => name,
    }
}
