//! HR121: a table read and not declared.

use std::collections::BTreeSet;

use kql_syntax::{Diagnostic, Severity};

use crate::connectors::{data_type, rename};
use crate::lint::{BoundRule, Confidence, Lint, Persona};
use crate::yaml::Node;

pub(crate) static LINT: Lint = Lint {
    code: "HR121",
    name: "undeclared-table",
    level: Severity::Information,
    persona: Persona::Pedantic,
    confidence: Confidence::High,
    finds: "A table that the query reads and `dataTypes` does not name.",
    why: "What the rule needs is taken from there: coverage, health and the installer believe that it runs, and it finds nothing.",
    example: "id: 3b1f1a52-6d8f-4a3c-9a1e-5a0a5f0a7a01\nname: An example\ndescription: An example.\nkind: Scheduled\nseverity: Low\nrequiredDataConnectors:\n- connectorId: SecurityEvents\n  dataTypes:\n  - SecurityEvent\nqueryFrequency: 1h\nqueryPeriod: 1h\ntriggerOperator: gt\ntriggerThreshold: 0\nquery: |\n  SigninLogs\n  | take 1\n",
    instead: "id: 3b1f1a52-6d8f-4a3c-9a1e-5a0a5f0a7a01\nname: An example\ndescription: An example.\nkind: Scheduled\nseverity: Low\nrequiredDataConnectors:\n- connectorId: AzureActiveDirectory\n  dataTypes:\n  - SigninLogs\nqueryFrequency: 1h\nqueryPeriod: 1h\ntriggerOperator: gt\ntriggerThreshold: 0\nquery: |\n  SigninLogs\n  | take 1\n",
    ignore: "A parser is named in place of its tables.",
    check,
};

fn check(rule: &BoundRule<'_>, found: &mut Vec<Diagnostic>) {
    let declared = declared(rule);
    if declared.is_empty() {
        return;
    }
    let names: BTreeSet<&str> = declared.iter().map(|(table, _)| *table).collect();
    // A parser that is named stands for the tables it reads.
    let has_parser =
        rule.facts.tree.functions.iter().any(|function| names.contains(function.as_str()));
    let mut said = BTreeSet::new();
    for (table, rowset) in rule.facts.tables() {
        let is_known = names.iter().any(|name| is_same(name, table)) || is_always_there(table);
        if is_known || rule.facts.tree.is_foreign(rowset.span) && has_parser || !said.insert(table)
        {
            continue;
        }
        found.push(
            LINT.at(
                rule.file(rowset.span),
                "not declared",
                format!("`{table}` is read and not among the rule's `dataTypes`"),
            )
            .help(format!("add `{table}` to `requiredDataConnectors`")),
        );
    }
}

/// The tables that a rule says it needs, with their places.
pub(super) fn declared<'a>(rule: &BoundRule<'a>) -> Vec<(&'a str, &'a Node)> {
    let connectors = rule.field("requiredDataConnectors").map(Node::items).unwrap_or(&[]);
    let types = connectors
        .iter()
        .filter_map(|node| node.get("dataTypes").or_else(|| node.get("datatypes")));
    types
        .flat_map(Node::items)
        .filter_map(|node| Some((data_type(node.text()?).table, node)))
        .collect()
}

/// Whether two names are one table's, before and after a renaming.
pub(super) fn is_same(name: &str, table: &str) -> bool {
    let becomes =
        |old: &str, new: &str| rename(old).is_some_and(|rename| rename.new.contains(&new));
    name == table || becomes(name, table) || becomes(table, name)
}

/// Tables that no connector fills.
fn is_always_there(table: &str) -> bool {
    matches!(
        table,
        "Watchlist"
            | "SecurityIncident"
            | "Usage"
            | "Operation"
            | "SentinelHealth"
            | "SentinelAudit"
            | "ConfidentialWatchlist"
            | "LAQueryLogs"
    )
}
