//! HR303: an entity mapped onto an array or an object.

use kql_semantics::Type;
use kql_syntax::{Diagnostic, Severity};

use crate::facts::origin::Origin;
use crate::lint::{BoundRule, Confidence, Lint, Persona};
use crate::mappings::mappings;

pub(crate) static LINT: Lint = Lint {
    code: "HR303",
    name: "dynamic-entity",
    level: Severity::Warning,
    persona: Persona::Regular,
    confidence: Confidence::High,
    finds: "An entity mapping onto a dynamic column: an array or an object.",
    why: "The entity is the JSON text of it, `[\"10.0.0.1\",\"10.0.0.2\"]`: no address, no host, nothing that another alert has too.",
    example: "id: 3b1f1a52-6d8f-4a3c-9a1e-5a0a5f0a7a01\nname: An example\nkind: Scheduled\nseverity: Low\nqueryFrequency: 1h\nqueryPeriod: 1h\ntriggerOperator: gt\ntriggerThreshold: 0\nentityMappings:\n- entityType: IP\n  fieldMappings:\n  - identifier: Address\n    columnName: Addresses\nquery: |\n  SigninLogs\n  | summarize Addresses = make_set(IPAddress) by UserId\n",
    instead: "id: 3b1f1a52-6d8f-4a3c-9a1e-5a0a5f0a7a01\nname: An example\nkind: Scheduled\nseverity: Low\nqueryFrequency: 1h\nqueryPeriod: 1h\ntriggerOperator: gt\ntriggerThreshold: 0\nentityMappings:\n- entityType: IP\n  fieldMappings:\n  - identifier: Address\n    columnName: IPAddress\nquery: |\n  SigninLogs\n  | summarize count() by UserId, IPAddress\n",
    ignore: "Never: expand the array, or map a single value.",
    check,
};

fn check(rule: &BoundRule<'_>, found: &mut Vec<Diagnostic>) {
    let Some(result) = rule.facts.result().filter(|_| !rule.has_errors) else { return };
    for mapping in mappings(rule) {
        for field in &mapping.fields {
            let Some(column) =
                result.column(field.column).filter(|column| column.ty == Type::Dynamic)
            else {
                continue;
            };
            // One element of an array, or one value of an object, is as a rule a plain one.
            let made = rule.facts.origins.get(&rule.facts.root(column.id));
            let what = match made {
                Some(Origin::Aggregate(call)) => format!("made by `{}`", call.function),
                Some(Origin::Element(_)) => continue,
                _ if is_part(rule, column.id) => continue,
                _ => String::from("dynamic"),
            };
            let message = format!(
                "`{}.{}` is mapped onto `{}`, which is {what}: the entity is its JSON text",
                mapping.entity, field.identifier, field.column
            );
            found.push(
                LINT.at(field.column_span, "an array or an object", message)
                    .help("expand it with `mv-expand`, or map one value: `tostring(x[0])`"),
            );
        }
    }
}

/// Whether a column is a value inside a dynamic one.
fn is_part(rule: &BoundRule<'_>, id: kql_semantics::bound::ColumnId) -> bool {
    use kql_semantics::bound::ScalarKind;
    let value = rule.facts.expression(id);
    value.is_some_and(|value| {
        matches!(value.kind, ScalarKind::Member { .. } | ScalarKind::Index { .. })
    })
}
