//! HR103: a kind in other letters.

use kql_syntax::{Diagnostic, Edit, Severity};

use crate::lint::{BoundRule, Confidence, Lint, Persona, mended};

pub(crate) static LINT: Lint = Lint {
    code: "HR103",
    name: "misspelt-kind",
    level: Severity::Warning,
    persona: Persona::Regular,
    confidence: Confidence::High,
    finds: "A `kind` or `severity` in other letters than Sentinel writes it.",
    why: "The repository's checks, and some importers, mind case: `scheduled` is not `Scheduled`.",
    example: "id: 3b1f1a52-6d8f-4a3c-9a1e-5a0a5f0a7a01\nname: An example\ndescription: An example.\nkind: scheduled\nseverity: Low\nrequiredDataConnectors: []\nqueryFrequency: 1h\nqueryPeriod: 1h\ntriggerOperator: gt\ntriggerThreshold: 0\nquery: |\n  SecurityEvent\n  | where EventID == 1102\n  | project TimeGenerated, Account, Computer\n",
    instead: "id: 3b1f1a52-6d8f-4a3c-9a1e-5a0a5f0a7a01\nname: An example\ndescription: An example.\nkind: Scheduled\nseverity: Low\nrequiredDataConnectors: []\nqueryFrequency: 1h\nqueryPeriod: 1h\ntriggerOperator: gt\ntriggerThreshold: 0\nquery: |\n  SecurityEvent\n  | where EventID == 1102\n  | project TimeGenerated, Account, Computer\n",
    ignore: "Never.",
    check,
};

fn check(rule: &BoundRule<'_>, found: &mut Vec<Diagnostic>) {
    let fields: [(&str, &[&str]); 2] = [
        ("kind", &["Scheduled", "NRT"]),
        ("severity", &["Informational", "Low", "Medium", "High"]),
    ];
    for (name, values) in fields {
        let Some(node) = rule.field(name) else { continue };
        let written = node.text().unwrap_or("").trim();
        let right = values.iter().find(|value| value.eq_ignore_ascii_case(written));
        match right {
            Some(right) if *right != written => {
                let finding = LINT
                    .at(node.span, "", format!("`{written}` is written `{right}`"))
                    .help(format!("write `{right}`"));
                let is_plain = node.span.text(&rule.rule.file.source.text) == written;
                let edit = is_plain.then(|| Edit { span: node.span, text: (*right).to_owned() });
                found.push(mended(finding, edit));
            }
            None if name == "kind" && !written.is_empty() => {
                found.push(
                    LINT.at(
                        node.span,
                        "",
                        format!("`{written}` is no kind of rule that has a query"),
                    )
                    .help("one of `Scheduled`, `NRT`"),
                );
            }
            _ => {}
        }
    }
}
