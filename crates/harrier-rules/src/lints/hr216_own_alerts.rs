//! HR216: a rule that reads alerts, its own among them.

use kql_syntax::{Diagnostic, Severity};

use crate::facts::comparison::comparison;
use crate::lint::{BoundRule, Confidence, Lint, Persona};

pub(crate) static LINT: Lint = Lint {
    code: "HR216",
    name: "own-alerts",
    level: Severity::Information,
    persona: Persona::Pedantic,
    confidence: Confidence::Medium,
    finds: "A rule that alerts and reads `SecurityAlert` without a condition on who raised the alert.",
    why: "The rule's own alerts are in that table. It can alert on them, and on that alert again.",
    example: "id: 3b1f1a52-6d8f-4a3c-9a1e-5a0a5f0a7a01\nname: Many alerts\nkind: Scheduled\nseverity: Low\nqueryFrequency: 1h\nqueryPeriod: 1h\ntriggerOperator: gt\ntriggerThreshold: 0\nquery: |\n  SecurityAlert\n  | summarize Alerts = count() by CompromisedEntity\n  | where Alerts > 5\n",
    instead: "id: 3b1f1a52-6d8f-4a3c-9a1e-5a0a5f0a7a01\nname: Many alerts\nkind: Scheduled\nseverity: Low\nqueryFrequency: 1h\nqueryPeriod: 1h\ntriggerOperator: gt\ntriggerThreshold: 0\nquery: |\n  SecurityAlert\n  | where ProductName != \"Azure Sentinel\"\n  | summarize Alerts = count() by CompromisedEntity\n  | where Alerts > 5\n",
    ignore: "What runs the rule keeps its own alerts from it, as Harrier does.",
    check,
};

/// Columns that tell who raised an alert.
const ORIGINS: &[&str] = &[
    "ProductName",
    "ProviderName",
    "ProductComponentName",
    "VendorName",
    "AlertName",
    "DisplayName",
    "AlertType",
    "SourceSystem",
];

fn check(rule: &BoundRule<'_>, found: &mut Vec<Diagnostic>) {
    if !rule.is_detection() {
        return;
    }
    let tables = rule.facts.tables();
    let Some((_, rowset)) = tables.iter().find(|(name, _)| &***name == "SecurityAlert") else {
        return;
    };
    let mut is_told = false;
    rule.facts.each_scalar(&mut |_, scalar| {
        let Some(comparison) = comparison(scalar) else { return };
        is_told |= rule
            .facts
            .paths(comparison.subject)
            .iter()
            .any(|path| path.table == "SecurityAlert" && ORIGINS.contains(&path.column));
    });
    if !is_told {
        found.push(
            LINT.at(
                rule.file(rowset.span),
                "its own alerts are here too",
                "the rule reads alerts, and its own are among them",
            )
            .help("add a condition on `ProductName`, `ProviderName` or `AlertName`"),
        );
    }
}
