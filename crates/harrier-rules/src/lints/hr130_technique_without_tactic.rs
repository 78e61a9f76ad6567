//! HR130: a technique under no listed tactic.

use kql_syntax::{Diagnostic, Severity};

use crate::attack::{Version, sentinel_tactic, tactic, technique};
use crate::lint::{BoundRule, Confidence, Lint, Persona};
use crate::yaml::Node;

pub(crate) static LINT: Lint = Lint {
    code: "HR130",
    name: "technique-without-tactic",
    level: Severity::Warning,
    persona: Persona::Regular,
    confidence: Confidence::High,
    finds: "A technique that serves none of the tactics which the rule lists.",
    why: "The rule shows up in the wrong column of the matrix, or in none, and Sentinel's checks refuse it.",
    example: "id: 3b1f1a52-6d8f-4a3c-9a1e-5a0a5f0a7a01\nname: An example\ndescription: An example.\nkind: Scheduled\nseverity: Low\nrequiredDataConnectors: []\nqueryFrequency: 1h\nqueryPeriod: 1h\ntriggerOperator: gt\ntriggerThreshold: 0\ntactics:\n- Impact\nrelevantTechniques:\n- T1110\nquery: |\n  SecurityEvent\n  | where EventID == 1102\n  | project TimeGenerated, Account, Computer\n",
    instead: "id: 3b1f1a52-6d8f-4a3c-9a1e-5a0a5f0a7a01\nname: An example\ndescription: An example.\nkind: Scheduled\nseverity: Low\nrequiredDataConnectors: []\nqueryFrequency: 1h\nqueryPeriod: 1h\ntriggerOperator: gt\ntriggerThreshold: 0\ntactics:\n- CredentialAccess\nrelevantTechniques:\n- T1110\nquery: |\n  SecurityEvent\n  | where EventID == 1102\n  | project TimeGenerated, Account, Computer\n",
    ignore: "Your matrix says otherwise.",
    check,
};

fn check(rule: &BoundRule<'_>, found: &mut Vec<Diagnostic>) {
    let listed: Vec<&str> = listed_tactics(rule);
    if listed.is_empty() {
        return;
    }
    for (id, node) in techniques(rule) {
        let Some(known) = technique(&id) else { continue };
        let serves = known.tactics(Version::V18);
        let is_listed = serves.is_empty()
            || serves
                .iter()
                .chain(known.tactics(Version::V19))
                .any(|tactic| listed.contains(tactic));
        if is_listed {
            continue;
        }
        let names: Vec<&str> = serves
            .iter()
            .filter_map(|id| tactic(id))
            .map(|tactic| tactic.name_in(Version::V18))
            .collect();
        let message = format!(
            "`{id}` ({}) serves {}, which the rule does not list",
            known.name,
            names.join(", ")
        );
        found.push(
            LINT.at(node.span, "under none of the tactics", message)
                .help("add the tactic, or name another technique"),
        );
    }
}

/// The ids of the tactics that a rule lists.
pub(super) fn listed_tactics(rule: &BoundRule<'_>) -> Vec<&'static str> {
    let meant = rule.rule.tactics.iter().filter_map(|written| sentinel_tactic(written).tactic());
    meant.flat_map(|tactic| tactic.ids.iter().copied()).collect()
}

/// The techniques that a rule lists, in capital letters, with their places.
pub(super) fn techniques<'a>(rule: &BoundRule<'a>) -> Vec<(String, &'a Node)> {
    let lists =
        ["relevantTechniques", "techniques"].into_iter().filter_map(|name| rule.field(name));
    lists
        .flat_map(Node::items)
        .filter_map(|node| Some((node.text()?.trim().to_ascii_uppercase(), node)))
        .collect()
}
