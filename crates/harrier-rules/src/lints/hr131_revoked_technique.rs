//! HR131: a technique that is no more.

use kql_syntax::{Diagnostic, Edit, Severity};

use super::hr130_technique_without_tactic::techniques;
use crate::attack::{Matrix, Status, Version, technique};
use crate::lint::{BoundRule, Confidence, Lint, Persona, mended, with_level};

pub(crate) static LINT: Lint = Lint {
    code: "HR131",
    name: "revoked-technique",
    level: Severity::Warning,
    persona: Persona::Regular,
    confidence: Confidence::High,
    finds: "A technique that ATT&CK revoked or deprecated. A note where that happened in version 19, for Sentinel still names techniques as version 18 does.",
    why: "The rule is missing from the matrix of today: the cell of its successor looks empty.",
    example: "id: 3b1f1a52-6d8f-4a3c-9a1e-5a0a5f0a7a01\nname: An example\ndescription: An example.\nkind: Scheduled\nseverity: Low\nrequiredDataConnectors: []\nqueryFrequency: 1h\nqueryPeriod: 1h\ntriggerOperator: gt\ntriggerThreshold: 0\ntactics:\n- CommandAndControl\nrelevantTechniques:\n- T1094\nquery: |\n  SecurityEvent\n  | where EventID == 1102\n  | project TimeGenerated, Account, Computer\n",
    instead: "id: 3b1f1a52-6d8f-4a3c-9a1e-5a0a5f0a7a01\nname: An example\ndescription: An example.\nkind: Scheduled\nseverity: Low\nrequiredDataConnectors: []\nqueryFrequency: 1h\nqueryPeriod: 1h\ntriggerOperator: gt\ntriggerThreshold: 0\ntactics:\n- CommandAndControl\nrelevantTechniques:\n- T1095\nquery: |\n  SecurityEvent\n  | where EventID == 1102\n  | project TimeGenerated, Account, Computer\n",
    ignore: "You report by an old version.",
    check,
};

fn check(rule: &BoundRule<'_>, found: &mut Vec<Diagnostic>) {
    for (id, node) in techniques(rule) {
        let Some(known) = technique(&id)
            .filter(|known| known.status != Status::Active && known.matrix != Matrix::Mobile)
        else {
            continue;
        };
        let successor = known.successor.and_then(technique);
        let is_old = known.status_in(Version::V18) != Some(Status::Active);
        let level = if is_old { Severity::Warning } else { Severity::Information };
        let since = known.since.map(|version| format!(" in version {version}")).unwrap_or_default();
        let message = format!("`{id}` ({}) was {}{since}", known.name, known.status.name());
        let help = match successor {
            Some(next) => format!("write `{}` ({})", next.id, next.name),
            None => String::from("name a technique of today's matrix"),
        };
        let finding =
            with_level(LINT.at(node.span, known.status.name(), message).help(help), level);
        let is_plain = node.span.text(&rule.rule.file.source.text).eq_ignore_ascii_case(&id);
        // Sentinel's own list is that of version 18: what only 19 revoked stays.
        let successor = successor.filter(|next| {
            is_plain && is_old && next.status_in(Version::V18) == Some(Status::Active)
        });
        let is_listed =
            successor.is_some_and(|next| rule.rule.techniques.iter().any(|other| other == next.id));
        let edit = successor
            .filter(|_| !is_listed)
            .map(|next| Edit { span: node.span, text: next.id.to_owned() });
        found.push(mended(finding, edit));
    }
}
