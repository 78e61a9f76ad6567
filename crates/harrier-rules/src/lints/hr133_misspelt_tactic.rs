//! HR133: a tactic that is not spelled as one.

use kql_syntax::{Diagnostic, Edit, Severity};

use crate::attack::{TacticName, sentinel_tactic};
use crate::lint::{BoundRule, Confidence, Lint, Persona, mended};
use crate::yaml::Node;

pub(crate) static LINT: Lint = Lint {
    code: "HR133",
    name: "misspelt-tactic",
    level: Severity::Information,
    persona: Persona::Regular,
    confidence: Confidence::High,
    finds: "A tactic in other words than Sentinel writes it (`Privilege escalation`), or a label that is no tactic (`Ransomware`).",
    why: "Filters and coverage by tactic miss the rule.",
    example: "id: 3b1f1a52-6d8f-4a3c-9a1e-5a0a5f0a7a01\nname: An example\ndescription: An example.\nkind: Scheduled\nseverity: Low\nrequiredDataConnectors: []\nqueryFrequency: 1h\nqueryPeriod: 1h\ntriggerOperator: gt\ntriggerThreshold: 0\ntactics:\n- Privilege escalation\nrelevantTechniques:\n- T1068\nquery: |\n  SecurityEvent\n  | where EventID == 1102\n  | project TimeGenerated, Account, Computer\n",
    instead: "id: 3b1f1a52-6d8f-4a3c-9a1e-5a0a5f0a7a01\nname: An example\ndescription: An example.\nkind: Scheduled\nseverity: Low\nrequiredDataConnectors: []\nqueryFrequency: 1h\nqueryPeriod: 1h\ntriggerOperator: gt\ntriggerThreshold: 0\ntactics:\n- PrivilegeEscalation\nrelevantTechniques:\n- T1068\nquery: |\n  SecurityEvent\n  | where EventID == 1102\n  | project TimeGenerated, Account, Computer\n",
    ignore: "The label is meant as a tag: move it to `tags`.",
    check,
};

fn check(rule: &BoundRule<'_>, found: &mut Vec<Diagnostic>) {
    let lists = ["tactics", "Tactics"].into_iter().filter_map(|name| rule.field(name));
    for node in lists.flat_map(Node::items) {
        let Some(written) = node.text().map(str::trim).filter(|text| !text.is_empty()) else {
            continue;
        };
        let (message, right) = match sentinel_tactic(written) {
            TacticName::Known(_) => continue,
            TacticName::Misspelt(tactic) => {
                (format!("the tactic `{written}` is written `{}`", tactic.name), Some(tactic.name))
            }
            TacticName::Label => (format!("`{written}` is a label and no tactic"), None),
            TacticName::Unknown => (format!("`{written}` is no tactic"), None),
        };
        let finding = LINT.at(node.span, "", message).help(match right {
            Some(right) => format!("write `{right}`"),
            None => String::from("name a tactic, and keep labels in `tags`"),
        });
        let is_plain = node.span.text(&rule.rule.file.source.text) == written;
        let all = ["tactics", "Tactics"]
            .into_iter()
            .filter_map(|name| rule.field(name))
            .flat_map(Node::texts);
        let is_there = all.into_iter().any(|other| Some(other.as_str()) == right);
        let edit = right
            .filter(|_| is_plain && !is_there)
            .map(|right| Edit { span: node.span, text: right.to_owned() });
        found.push(mended(finding, edit));
    }
}
