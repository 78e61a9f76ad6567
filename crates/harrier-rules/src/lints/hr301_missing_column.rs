//! HR301: an entity mapped onto a column that is not there.

use kql_syntax::{Diagnostic, Severity};

use crate::lint::{BoundRule, Confidence, Lint, Persona};
use crate::mappings::mappings;

pub(crate) static LINT: Lint = Lint {
    code: "HR301",
    name: "missing-column",
    level: Severity::Error,
    persona: Persona::Regular,
    confidence: Confidence::High,
    finds: "An entity mapping onto a column that the query does not give.",
    why: "The alert comes without that entity: nobody can pivot on it, no incident is grouped by it. Newer portals refuse to save such a rule.",
    example: "id: 3b1f1a52-6d8f-4a3c-9a1e-5a0a5f0a7a01\nname: An example\nkind: Scheduled\nseverity: Low\nqueryFrequency: 1h\nqueryPeriod: 1h\ntriggerOperator: gt\ntriggerThreshold: 0\nentityMappings:\n- entityType: Account\n  fieldMappings:\n  - identifier: FullName\n    columnName: UserName\nquery: |\n  SecurityEvent\n  | where EventID == 1102\n  | project TimeGenerated, Account, Computer\n",
    instead: "id: 3b1f1a52-6d8f-4a3c-9a1e-5a0a5f0a7a01\nname: An example\nkind: Scheduled\nseverity: Low\nqueryFrequency: 1h\nqueryPeriod: 1h\ntriggerOperator: gt\ntriggerThreshold: 0\nentityMappings:\n- entityType: Account\n  fieldMappings:\n  - identifier: FullName\n    columnName: Account\nquery: |\n  SecurityEvent\n  | where EventID == 1102\n  | project TimeGenerated, Account, Computer\n",
    ignore: "Never.",
    check,
};

fn check(rule: &BoundRule<'_>, found: &mut Vec<Diagnostic>) {
    let Some(result) = closed_result(rule) else { return };
    for mapping in mappings(rule) {
        for field in &mapping.fields {
            let is_there =
                result.columns.iter().any(|column| column.name.eq_ignore_ascii_case(field.column));
            if is_there || field.column.is_empty() || may_be_there(rule, result, field.column) {
                continue;
            }
            let message = format!(
                "`{}.{}` is mapped onto `{}`, which the query does not give",
                mapping.entity, field.identifier, field.column
            );
            let columns = result.columns.iter().map(|column| column.name.as_str());
            let names: Vec<&str> = columns.collect();
            let nearest = near(field.column, &names);
            found.push(
                LINT.at(field.column_span, "no such column in the result", message)
                    .mark(rule.file(result.span), "the result comes from here")
                    .help(match nearest {
                        Some(name) => format!("did you mean `{name}`?"),
                        None => {
                            format!("add `{}` to the result, or map another column", field.column)
                        }
                    }),
            );
        }
    }
}

/// The result, where all its columns are known.
pub(super) fn closed_result<'a>(rule: &BoundRule<'a>) -> Option<&'a kql_semantics::bound::Rowset> {
    let result = rule.facts.result()?;
    (!rule.has_errors && !result.is_open).then_some(result)
}

/// A column that ends or begins like the one that was meant.
fn near<'n>(name: &str, columns: &[&'n str]) -> Option<&'n str> {
    let wanted = name.to_ascii_lowercase();
    let is_near = |column: &&&str| {
        let column = column.to_ascii_lowercase();
        column.len() > 2
            && (column.ends_with(&wanted)
                || wanted.ends_with(&column)
                || column.starts_with(&wanted)
                || wanted.starts_with(&column))
    };
    columns.iter().find(is_near).copied()
}

/// Whether a column may be there though no schema says so: a table gives some to who names them, and a custom table's schema
/// grows with its logs; and nothing has dropped it since.
pub(super) fn may_be_there(
    rule: &BoundRule<'_>,
    result: &kql_semantics::bound::Rowset,
    name: &str,
) -> bool {
    use kql_semantics::bound::RowsetKind;
    match &result.kind {
        RowsetKind::Table(table) => {
            let schema = rule.catalog.table(&table.name);
            let has = schema
                .is_some_and(|schema| schema.hidden.iter().any(|(hidden, _)| &**hidden == name));
            let is_custom = table.name.ends_with("_CL") && has_custom_ending(name);
            has || is_custom || kql_semantics::catalog::HIDDEN_COLUMNS.contains(&name)
        }
        RowsetKind::Project { .. } | RowsetKind::Summarize { .. } | RowsetKind::Distinct { .. } => {
            false
        }
        _ => {
            let mut is_hidden_below = false;
            result.for_each_input(&mut |input| is_hidden_below |= may_be_there(rule, input, name));
            is_hidden_below
        }
    }
}

/// Whether a name ends as the columns of custom logs do, which say their type so.
fn has_custom_ending(name: &str) -> bool {
    ["_s", "_g", "_d", "_b", "_t"].iter().any(|ending| name.ends_with(ending))
}
