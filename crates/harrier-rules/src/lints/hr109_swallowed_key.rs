//! HR109: a key that became a part of the query.

use kql_syntax::{Diagnostic, Severity, Span};

use crate::lint::{BoundRule, Confidence, Lint, Persona};

pub(crate) static LINT: Lint = Lint {
    code: "HR109",
    name: "swallowed-key",
    level: Severity::Error,
    persona: Persona::Regular,
    confidence: Confidence::High,
    finds: "A key of the rule's YAML that stands so far to the right that it became a part of the query.",
    why: "The query does not parse, and the field is missing: what the file shows is not what the program reads.",
    example: "id: 3b1f1a52-6d8f-4a3c-9a1e-5a0a5f0a7a01\nname: An example\ndescription: An example.\nkind: Scheduled\nseverity: Low\nrequiredDataConnectors: []\nqueryFrequency: 1h\nqueryPeriod: 1h\ntriggerOperator: gt\ntriggerThreshold: 0\nquery: |\n  SecurityEvent\n  | where EventID == 1102\n  entityMappings:\n  - entityType: Account\n",
    instead: "id: 3b1f1a52-6d8f-4a3c-9a1e-5a0a5f0a7a01\nname: An example\ndescription: An example.\nkind: Scheduled\nseverity: Low\nrequiredDataConnectors: []\nqueryFrequency: 1h\nqueryPeriod: 1h\ntriggerOperator: gt\ntriggerThreshold: 0\nquery: |\n  SecurityEvent\n  | where EventID == 1102\nentityMappings:\n- entityType: Account\n",
    ignore: "Never.",
    check,
};

/// Keys of a rule that may follow its query.
const KEYS: &[&str] = &[
    "entityMappings",
    "customDetails",
    "alertDetailsOverride",
    "eventGroupingSettings",
    "incidentConfiguration",
    "version",
    "kind",
    "tactics",
    "relevantTechniques",
    "metadata",
    "suppressionEnabled",
    "suppressionDuration",
    "queryFrequency",
    "queryPeriod",
    "triggerOperator",
];

fn check(rule: &BoundRule<'_>, found: &mut Vec<Diagnostic>) {
    if !rule.has_errors || rule.rule.document.is_none() {
        return;
    }
    let mut at = 0;
    for line in rule.rule.query.text.split_inclusive('\n') {
        let start = at + (line.len() - line.trim_start().len());
        at += line.len();
        let Some((key, _)) = line.trim_start().split_once(':') else { continue };
        if !KEYS.contains(&key) {
            continue;
        }
        let narrow = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
        let span = Span::new(narrow(start), narrow(start + key.len()));
        let message = format!("`{key}` stands inside the query");
        found.push(
            LINT.at(rule.file(span), "meant to be a field", message)
                .help("move it to the left, to the column of `query`"),
        );
        return;
    }
}
