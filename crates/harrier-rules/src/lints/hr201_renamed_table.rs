//! HR201: a table that is called otherwise today.

use std::collections::HashSet;

use kql_syntax::{Diagnostic, Name, Severity, Span};

use crate::connectors::{Rename, rename};
use crate::lint::{BoundRule, Confidence, Lint, Persona, with_level};

pub(crate) static LINT: Lint = Lint {
    code: "HR201",
    name: "renamed-table",
    level: Severity::Warning,
    persona: Persona::Regular,
    confidence: Confidence::High,
    finds: "A table or column that has another name today, or is gone. An error where the name is not known any more.",
    why: "For a while both names answer; then the old one is empty, or an error, and the rule goes silent. The service migrates what is saved in it; files are nobody's business but yours.",
    example: "AADSpnSignInEventsBeta\n| where Timestamp > ago(1d)\n",
    instead: "EntraIdSpnSignInEvents\n| where Timestamp > ago(1d)\n",
    ignore: "Your workspace still fills the old table.",
    check,
};

fn check(rule: &BoundRule<'_>, found: &mut Vec<Diagnostic>) {
    let mut said = HashSet::new();
    for (table, rowset) in rule.facts.tables() {
        if rule.facts.tree.is_foreign(rowset.span)
            || rowset.span.text(&rule.rule.query.text) != table.as_str()
        {
            continue;
        }
        if let Some(renamed) =
            rename(table).filter(|renamed| is_gone(renamed) && said.insert(table.clone()))
        {
            found.push(finding(rule, table, rowset.span, renamed, Severity::Warning));
        }
    }
    if !rule.has_errors {
        return;
    }
    // A name that nothing knows any more is no table of the bound query.
    for (name, span) in &rule.facts.tree.calls {
        let is_known = rule.facts.tree.is_declared(name)
            || rule.catalog.table(name).is_some()
            || rule.catalog.function(name).is_some();
        if let Some(renamed) = rename(name).filter(|_| !is_known && said.insert(name.clone())) {
            found.push(finding(rule, name, *span, renamed, Severity::Error));
        }
    }
}

/// Whether the old name is on its way out, and not only one of two ways to send the data.
fn is_gone(renamed: &Rename) -> bool {
    let note = renamed.note.unwrap_or("");
    !renamed.new.is_empty() && !note.contains("still exists") && !note.contains("only where")
}

fn finding(
    rule: &BoundRule<'_>,
    table: &Name,
    span: Span,
    renamed: &Rename,
    level: Severity,
) -> Diagnostic {
    let when = renamed.when.map(|when| format!(" since {when}")).unwrap_or_default();
    let new: Vec<String> = renamed.new.iter().map(|name| format!("`{name}`")).collect();
    let message = match new.is_empty() {
        true => format!("the table `{table}` is retired{when}"),
        false => format!("the table `{table}` is called {}{when}", new.join(" or ")),
    };
    let columns: Vec<String> =
        renamed.columns.iter().map(|(old, new)| format!("`{old}` is `{new}`")).collect();
    let help = match (new.first(), columns.is_empty()) {
        (Some(new), true) => format!("write {new}"),
        (Some(new), false) => format!("write {new}, where {}", columns.join(", ")),
        (None, _) => renamed.note.unwrap_or("look where its data comes today").to_owned(),
    };
    with_level(LINT.at(rule.file(span), "its old name", message).help(help), level)
}
