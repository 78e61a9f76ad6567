//! HR134: a tactic without a technique.

use kql_syntax::{Diagnostic, Severity};

use super::hr130_technique_without_tactic::techniques;
use crate::attack::{Version, sentinel_tactic, technique};
use crate::lint::{BoundRule, Confidence, Lint, Persona};
use crate::yaml::Node;

pub(crate) static LINT: Lint = Lint {
    code: "HR134",
    name: "tactic-without-technique",
    level: Severity::Information,
    persona: Persona::Pedantic,
    confidence: Confidence::Medium,
    finds: "A tactic of which the rule lists no technique, though it lists techniques.",
    why: "The rule claims a column of the matrix and fills no cell in it.",
    example: "id: 3b1f1a52-6d8f-4a3c-9a1e-5a0a5f0a7a01\nname: An example\ndescription: An example.\nkind: Scheduled\nseverity: Low\nrequiredDataConnectors: []\nqueryFrequency: 1h\nqueryPeriod: 1h\ntriggerOperator: gt\ntriggerThreshold: 0\ntactics:\n- CredentialAccess\n- Impact\nrelevantTechniques:\n- T1110\nquery: |\n  SecurityEvent\n  | where EventID == 1102\n  | project TimeGenerated, Account, Computer\n",
    instead: "id: 3b1f1a52-6d8f-4a3c-9a1e-5a0a5f0a7a01\nname: An example\ndescription: An example.\nkind: Scheduled\nseverity: Low\nrequiredDataConnectors: []\nqueryFrequency: 1h\nqueryPeriod: 1h\ntriggerOperator: gt\ntriggerThreshold: 0\ntactics:\n- CredentialAccess\nrelevantTechniques:\n- T1110\nquery: |\n  SecurityEvent\n  | where EventID == 1102\n  | project TimeGenerated, Account, Computer\n",
    ignore: "No technique of that tactic fits.",
    check,
};

fn check(rule: &BoundRule<'_>, found: &mut Vec<Diagnostic>) {
    let listed: Vec<_> = techniques(rule).iter().filter_map(|(id, _)| technique(id)).collect();
    if listed.is_empty() {
        return;
    }
    for node in rule.field("tactics").map(Node::items).unwrap_or(&[]) {
        let Some(tactic) = node.text().and_then(|text| sentinel_tactic(text.trim()).tactic())
        else {
            continue;
        };
        let serves = |id: &&'static str| tactic.ids.contains(id);
        let is_served = listed.iter().any(|technique| {
            let (old, new) = (technique.tactics(Version::V18), technique.tactics(Version::V19));
            let successor = technique.today().map_or(&[][..], |next| next.tactics(Version::V18));
            old.iter().chain(new).chain(successor).any(serves)
                || old.is_empty() && successor.is_empty()
        });
        if !is_served {
            found.push(
                LINT.at(
                    node.span,
                    "no technique of it",
                    format!("the rule lists `{}` and no technique of it", tactic.name),
                )
                .help("name the technique, or leave the tactic out"),
            );
        }
    }
}
