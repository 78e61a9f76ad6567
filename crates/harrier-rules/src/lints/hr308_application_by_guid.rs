//! HR308: an application by a GUID.

use kql_semantics::Type;
use kql_syntax::{Diagnostic, Severity};

use crate::lint::{BoundRule, Confidence, Lint, Persona};
use crate::mappings::mappings;

pub(crate) static LINT: Lint = Lint {
    code: "HR308",
    name: "application-by-guid",
    level: Severity::Error,
    persona: Persona::Regular,
    confidence: Confidence::High,
    finds: "`CloudApplication.AppId` mapped onto the GUID of an Entra application.",
    why: "That identifier is a number of Defender for Cloud Apps (20893 is Exchange Online). A GUID names no application there, and the entity is dropped.",
    example: "id: 3b1f1a52-6d8f-4a3c-9a1e-5a0a5f0a7a01\nname: An example\nkind: Scheduled\nseverity: Low\nqueryFrequency: 1h\nqueryPeriod: 1h\ntriggerOperator: gt\ntriggerThreshold: 0\nentityMappings:\n- entityType: CloudApplication\n  fieldMappings:\n  - identifier: AppId\n    columnName: AppId\nquery: |\n  SigninLogs\n  | project TimeGenerated, AppId\n",
    instead: "id: 3b1f1a52-6d8f-4a3c-9a1e-5a0a5f0a7a01\nname: An example\nkind: Scheduled\nseverity: Low\nqueryFrequency: 1h\nqueryPeriod: 1h\ntriggerOperator: gt\ntriggerThreshold: 0\nentityMappings:\n- entityType: CloudApplication\n  fieldMappings:\n  - identifier: Name\n    columnName: AppDisplayName\nquery: |\n  SigninLogs\n  | project TimeGenerated, AppDisplayName\n",
    ignore: "The column holds the number.",
    check,
};

/// Columns that hold the GUID of an application.
const GUIDS: &[&str] = &[
    "AppId",
    "ApplicationId",
    "ResourceId",
    "ServicePrincipalId",
    "ClientAppId",
    "OAuthAppId",
    "ResourceIdentity",
];

fn check(rule: &BoundRule<'_>, found: &mut Vec<Diagnostic>) {
    let Some(result) = rule.facts.result() else { return };
    for mapping in mappings(rule).into_iter().filter(|mapping| mapping.entity == "CloudApplication")
    {
        for field in mapping.fields.iter().filter(|field| field.identifier == "AppId") {
            let Some(column) = result.column(field.column) else { continue };
            let is_guid = column.ty == Type::Guid || comes_from_guid(rule, column);
            if is_guid {
                let message = format!(
                    "`CloudApplication.AppId` is a number, and `{}` holds a GUID",
                    field.column
                );
                found.push(
                    LINT.at(field.column_span, "no number of an application", message)
                        .help("map the name: `CloudApplication.Name`"),
                );
            }
        }
    }
}

fn comes_from_guid(rule: &BoundRule<'_>, column: &kql_semantics::bound::Column) -> bool {
    use kql_semantics::bound::{Scalar, ScalarKind};
    let root = rule.facts.root(column.id);
    if GUIDS.contains(&rule.facts.name(root)) {
        return true;
    }
    let value: Option<&Scalar> = rule.facts.expression(column.id);
    value.is_some_and(
        |value| matches!(&value.kind, ScalarKind::Call(call) if &*call.function == "toguid"),
    )
}
