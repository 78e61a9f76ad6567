//! HR132: a technique that is not known.

use kql_syntax::{Diagnostic, Severity};

use super::hr130_technique_without_tactic::techniques;
use crate::attack::{Matrix, technique};
use crate::lint::{BoundRule, Confidence, Lint, Persona};

pub(crate) static LINT: Lint = Lint {
    code: "HR132",
    name: "unknown-technique",
    level: Severity::Warning,
    persona: Persona::Regular,
    confidence: Confidence::High,
    finds: "A technique that is in none of the matrices which Sentinel takes: misspelt, or of the matrix of phones.",
    why: "Nobody finds the rule under it.",
    example: "id: 3b1f1a52-6d8f-4a3c-9a1e-5a0a5f0a7a01\nname: An example\ndescription: An example.\nkind: Scheduled\nseverity: Low\nrequiredDataConnectors: []\nqueryFrequency: 1h\nqueryPeriod: 1h\ntriggerOperator: gt\ntriggerThreshold: 0\ntactics:\n- InitialAccess\nrelevantTechniques:\n- T9999\nquery: |\n  SecurityEvent\n  | where EventID == 1102\n  | project TimeGenerated, Account, Computer\n",
    instead: "id: 3b1f1a52-6d8f-4a3c-9a1e-5a0a5f0a7a01\nname: An example\ndescription: An example.\nkind: Scheduled\nseverity: Low\nrequiredDataConnectors: []\nqueryFrequency: 1h\nqueryPeriod: 1h\ntriggerOperator: gt\ntriggerThreshold: 0\ntactics:\n- InitialAccess\nrelevantTechniques:\n- T1566\nquery: |\n  SecurityEvent\n  | where EventID == 1102\n  | project TimeGenerated, Account, Computer\n",
    ignore: "Never.",
    check,
};

fn check(rule: &BoundRule<'_>, found: &mut Vec<Diagnostic>) {
    for (id, node) in techniques(rule) {
        let message = match technique(&id) {
            Some(known) if known.matrix == Matrix::Mobile => format!(
                "`{id}` ({}) is a technique of the Mobile matrix, which Sentinel does not take",
                known.name
            ),
            Some(_) => continue,
            None if id.is_empty() => continue,
            None => format!("ATT&CK has no technique `{id}`"),
        };
        found.push(
            LINT.at(node.span, "not in the matrix", message)
                .help("name a technique as `T1234` or `T1234.001`"),
        );
    }
}
