//! HR122: a table declared and not read.

use kql_semantics::bound::RowsetKind;
use kql_syntax::{Diagnostic, Severity};

use super::hr121_undeclared_table::{declared, is_same};
use crate::lint::{BoundRule, Confidence, Lint, Persona};

pub(crate) static LINT: Lint = Lint {
    code: "HR122",
    name: "unused-data-type",
    level: Severity::Information,
    persona: Persona::Pedantic,
    confidence: Confidence::Medium,
    finds: "A table among `dataTypes` that the query does not read.",
    why: "The rule counts as covered by data that it does not look at, and the installer asks for a connector that it does not need.",
    example: "id: 3b1f1a52-6d8f-4a3c-9a1e-5a0a5f0a7a01\nname: An example\ndescription: An example.\nkind: Scheduled\nseverity: Low\nrequiredDataConnectors:\n- connectorId: SecurityEvents\n  dataTypes:\n  - SigninLogs\nqueryFrequency: 1h\nqueryPeriod: 1h\ntriggerOperator: gt\ntriggerThreshold: 0\nquery: |\n  SecurityEvent\n  | where EventID == 1102\n  | project TimeGenerated, Account, Computer\n",
    instead: "id: 3b1f1a52-6d8f-4a3c-9a1e-5a0a5f0a7a01\nname: An example\ndescription: An example.\nkind: Scheduled\nseverity: Low\nrequiredDataConnectors:\n- connectorId: SecurityEvents\n  dataTypes:\n  - SecurityEvent\nqueryFrequency: 1h\nqueryPeriod: 1h\ntriggerOperator: gt\ntriggerThreshold: 0\nquery: |\n  SecurityEvent\n  | where EventID == 1102\n  | project TimeGenerated, Account, Computer\n",
    ignore: "The query reads it through a function whose text is not here.",
    check,
};

fn check(rule: &BoundRule<'_>, found: &mut Vec<Diagnostic>) {
    // Through a function without text anything may be read.
    let is_opaque = rule.facts.rowsets.iter().any(|rowset| {
        matches!(&rowset.kind, RowsetKind::Called(call) if call.input.is_none())
            || matches!(rowset.kind, RowsetKind::Error)
    });
    if is_opaque || rule.has_errors {
        return;
    }
    let tables = rule.facts.tables();
    // Where all is read through parsers, the installed one may be of another version.
    if tables.iter().all(|(_, rowset)| rule.facts.tree.is_foreign(rowset.span)) {
        return;
    }

    for (name, node) in declared(rule) {
        let is_read = tables.iter().any(|(table, _)| is_same(name, table));
        let is_called = rule.facts.tree.functions.contains(name);
        if !is_read && !is_called && !name.is_empty() {
            found.push(
                LINT.at(
                    node.span,
                    "not read",
                    format!("`{name}` is declared and the query does not read it"),
                )
                .help("remove it, or name what is read"),
            );
        }
    }
}
