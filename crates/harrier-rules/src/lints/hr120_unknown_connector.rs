//! HR120: a connector that is not known.

use kql_syntax::{Diagnostic, Severity};

use crate::connectors::{connector, connectors};
use crate::lint::{BoundRule, Confidence, Lint, Persona};
use crate::yaml::Node;

pub(crate) static LINT: Lint = Lint {
    code: "HR120",
    name: "unknown-connector",
    level: Severity::Information,
    persona: Persona::Pedantic,
    confidence: Confidence::Medium,
    finds: "A connector id that is not known.",
    why: "Whoever installs the rule is told to connect something that does not exist.",
    example: "id: 3b1f1a52-6d8f-4a3c-9a1e-5a0a5f0a7a01\nname: An example\ndescription: An example.\nkind: Scheduled\nseverity: Low\nrequiredDataConnectors:\n- connectorId: SecurityEventz\n  dataTypes:\n  - SecurityEvent\nqueryFrequency: 1h\nqueryPeriod: 1h\ntriggerOperator: gt\ntriggerThreshold: 0\nquery: |\n  SecurityEvent\n  | where EventID == 1102\n  | project TimeGenerated, Account, Computer\n",
    instead: "id: 3b1f1a52-6d8f-4a3c-9a1e-5a0a5f0a7a01\nname: An example\ndescription: An example.\nkind: Scheduled\nseverity: Low\nrequiredDataConnectors:\n- connectorId: SecurityEvents\n  dataTypes:\n  - SecurityEvent\nqueryFrequency: 1h\nqueryPeriod: 1h\ntriggerOperator: gt\ntriggerThreshold: 0\nquery: |\n  SecurityEvent\n  | where EventID == 1102\n  | project TimeGenerated, Account, Computer\n",
    ignore: "The connector is your own, or newer than this list.",
    check,
};

fn check(rule: &BoundRule<'_>, found: &mut Vec<Diagnostic>) {
    for node in rule.field("requiredDataConnectors").map(Node::items).unwrap_or(&[]) {
        let Some(node) = node.get("connectorId") else { continue };
        let Some(id) = node.text().map(str::trim).filter(|id| !id.is_empty()) else { continue };
        if connector(id).is_some() {
            continue;
        }
        let twin = connectors().find(|known| known.id.eq_ignore_ascii_case(id));
        let help = match twin {
            Some(twin) => format!("did you mean `{}`?", twin.id),
            None => String::from("name the connector as Sentinel lists it"),
        };
        found.push(LINT.at(node.span, "", format!("no connector `{id}` is known")).help(help));
    }
}
