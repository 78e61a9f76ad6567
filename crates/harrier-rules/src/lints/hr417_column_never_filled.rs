//! HR417: a column that is always empty.

use std::collections::HashSet;

use kql_syntax::{Diagnostic, Severity};

use crate::facts::comparison::comparison;
use crate::lint::{BoundRule, Confidence, Lint, Persona};

pub(crate) static LINT: Lint = Lint {
    code: "HR417",
    name: "column-never-filled",
    level: Severity::Warning,
    persona: Persona::Regular,
    confidence: Confidence::High,
    finds: "With data: a column of text that the query compares and that is empty in every row.",
    why: "The comparison is false for every event: this installation does not fill that column.",
    example: "SigninLogs\n| where AppDisplayName == \"Azure Portal\"\n",
    instead: "SigninLogs\n| where ResultType == \"50126\"\n",
    ignore: "The data is a small sample.",
    check,
};

fn check(rule: &BoundRule<'_>, found: &mut Vec<Diagnostic>) {
    let Some(seen) = rule.beside.seen else { return };
    let mut said = HashSet::new();
    rule.facts.each_scalar(&mut |_, scalar| {
        let Some(comparison) = comparison(scalar).filter(|one| !one.is_negated) else { return };
        let paths = rule.facts.paths(comparison.subject);
        let [path] = paths.as_slice() else { return };
        // What is inside a dynamic column is another lint's.
        if !path.steps.is_empty() {
            return;
        }
        let has_rows = seen.rows(path.table).is_some_and(|rows| rows > 0);
        let values = seen.values(path.table, &path.text());
        let is_empty = values
            .is_some_and(|values| values.is_whole && values.values.iter().all(String::is_empty));
        if has_rows && is_empty && said.insert(path.text()) {
            let message = format!("`{}` is empty in every row of `{}`", path.text(), path.table);
            found.push(
                LINT.at(rule.file(comparison.subject.span), "always empty", message)
                    .help("look for the value in another column"),
            );
        }
    });
}
