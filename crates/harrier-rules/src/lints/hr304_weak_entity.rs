//! HR304: an entity that could be another.

use kql_syntax::{Diagnostic, Severity};

use crate::entities::{Strength, entity_type};
use crate::lint::{BoundRule, Confidence, Lint, Persona};
use crate::mappings::mappings;

pub(crate) static LINT: Lint = Lint {
    code: "HR304",
    name: "weak-entity",
    level: Severity::Information,
    persona: Persona::Auditor,
    confidence: Confidence::High,
    finds: "An entity with weak identifiers only: an account by its name without a domain, a file by its name.",
    why: "Two people called `admin` are one entity then: alerts that have nothing to do with each other come together, and enrichment finds the wrong one.",
    example: "id: 3b1f1a52-6d8f-4a3c-9a1e-5a0a5f0a7a01\nname: An example\nkind: Scheduled\nseverity: Low\nqueryFrequency: 1h\nqueryPeriod: 1h\ntriggerOperator: gt\ntriggerThreshold: 0\nentityMappings:\n- entityType: Account\n  fieldMappings:\n  - identifier: Name\n    columnName: Account\nquery: |\n  SecurityEvent\n  | where EventID == 1102\n  | project TimeGenerated, Account, Computer\n",
    instead: "id: 3b1f1a52-6d8f-4a3c-9a1e-5a0a5f0a7a01\nname: An example\nkind: Scheduled\nseverity: Low\nqueryFrequency: 1h\nqueryPeriod: 1h\ntriggerOperator: gt\ntriggerThreshold: 0\nentityMappings:\n- entityType: Account\n  fieldMappings:\n  - identifier: FullName\n    columnName: Account\nquery: |\n  SecurityEvent\n  | where EventID == 1102\n  | project TimeGenerated, Account, Computer\n",
    ignore: "The logs have nothing better.",
    check,
};

fn check(rule: &BoundRule<'_>, found: &mut Vec<Diagnostic>) {
    for mapping in mappings(rule) {
        let Some(entity) = entity_type(mapping.entity) else { continue };
        let mapped: Vec<&str> = mapping.fields.iter().map(|field| field.identifier).collect();
        if entity.strength(&mapped) != Strength::Weak {
            continue;
        }
        let strong: Vec<String> =
            entity.strong.iter().take(3).map(|one| format!("`{}`", one.join(" + "))).collect();
        if strong.is_empty() {
            continue;
        }
        let message = format!(
            "`{}` by `{}` alone can be another one of that name",
            mapping.entity,
            mapped.join(", ")
        );
        found.push(
            LINT.at(mapping.entity_span, "weak identifiers only", message)
                .help(format!("map {}, where the logs have it", strong.join(" or "))),
        );
    }
}
