//! HR302: a column named in another case.

use kql_syntax::{Diagnostic, Edit, Severity, Span};

use crate::lint::{BoundRule, Confidence, Lint, Persona, mended};
use crate::mappings::{mappings, named_columns};

pub(crate) static LINT: Lint = Lint {
    code: "HR302",
    name: "column-in-other-case",
    level: Severity::Error,
    persona: Persona::Regular,
    confidence: Confidence::High,
    finds: "An entity mapping, custom detail or placeholder whose column is spelled in other case than the query gives it.",
    why: "Column names mind case: `IPCustomEntity` is not `IpCustomEntity`. The alert comes without that entity.",
    example: "id: 3b1f1a52-6d8f-4a3c-9a1e-5a0a5f0a7a01\nname: An example\nkind: Scheduled\nseverity: Low\nqueryFrequency: 1h\nqueryPeriod: 1h\ntriggerOperator: gt\ntriggerThreshold: 0\nentityMappings:\n- entityType: IP\n  fieldMappings:\n  - identifier: Address\n    columnName: IPAddress\nquery: |\n  SigninLogs\n  | project TimeGenerated, IpAddress = IPAddress\n",
    instead: "id: 3b1f1a52-6d8f-4a3c-9a1e-5a0a5f0a7a01\nname: An example\nkind: Scheduled\nseverity: Low\nqueryFrequency: 1h\nqueryPeriod: 1h\ntriggerOperator: gt\ntriggerThreshold: 0\nentityMappings:\n- entityType: IP\n  fieldMappings:\n  - identifier: Address\n    columnName: IPAddress\nquery: |\n  SigninLogs\n  | project TimeGenerated, IPAddress\n",
    ignore: "Never.",
    check,
};

fn check(rule: &BoundRule<'_>, found: &mut Vec<Diagnostic>) {
    let Some(result) = rule.facts.result() else { return };
    let mut named: Vec<(String, &str, Span)> = Vec::new();
    for mapping in mappings(rule) {
        for field in mapping.fields {
            named.push((
                format!("`{}.{}`", mapping.entity, field.identifier),
                field.column,
                field.column_span,
            ));
        }
    }
    let whole = named.len();
    named.extend(named_columns(rule));
    for (place, (what, column, span)) in named.into_iter().enumerate() {
        if result.column(column).is_some() {
            continue;
        }
        let Some(twin) =
            result.columns.iter().find(|other| other.name.eq_ignore_ascii_case(column))
        else {
            continue;
        };
        let message = format!("{what} names `{column}`, and the query gives `{}`", twin.name);
        let finding =
            LINT.at(span, "differs in case", message).help(format!("write `{}`", twin.name));
        // A placeholder is a part of a longer text.
        let is_whole = place < whole && span.text(&rule.rule.file.source.text) == column;
        let edit = is_whole.then(|| Edit { span, text: twin.name.to_string() });
        found.push(mended(finding, edit));
    }
}
