//! HR416: a table without rows.

use std::collections::HashSet;

use kql_syntax::{Diagnostic, Severity};

use crate::lint::{BoundRule, Confidence, Lint, Persona};

pub(crate) static LINT: Lint = Lint {
    code: "HR416",
    name: "no-rows",
    level: Severity::Warning,
    persona: Persona::Regular,
    confidence: Confidence::High,
    finds: "With data: a table that the query reads and that has no rows.",
    why: "The rule binds, runs, and finds nothing, whatever happens: it waits for a source that is not connected.",
    example: "SecurityEvent\n| where EventID == 1102\n",
    instead: "SigninLogs\n| where ResultType == \"50126\"\n",
    ignore: "The source is quiet in these days, or the table is optional.",
    check,
};

fn check(rule: &BoundRule<'_>, found: &mut Vec<Diagnostic>) {
    let Some(seen) = rule.beside.seen else { return };
    let mut said = HashSet::new();
    for (table, rowset) in rule.facts.tables() {
        let is_empty = seen.rows(table).is_none_or(|rows| rows == 0);
        if is_empty && !rule.facts.tree.is_foreign(rowset.span) && said.insert(table) {
            found.push(
                LINT.at(
                    rule.file(rowset.span),
                    "nothing here",
                    format!("`{table}` has no rows in the data"),
                )
                .help("connect its source, or leave the rule out"),
            );
        }
    }
}
