//! What changed in the meaning of a rule from one version to another.

use std::collections::BTreeSet;

use serde::Serialize;

use super::Meaning;

/// One thing that changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MeaningChange {
    /// What: `tables`, `literals`, `windows`, `schedule`, `entities`, ...
    pub part: &'static str,
    /// What is no longer there.
    pub removed: Vec<String>,
    /// What is new.
    pub added: Vec<String>,
}

/// All that changed, the gravest first. Empty where both mean the same.
#[must_use]
pub fn compare(before: &Meaning, after: &Meaning) -> Vec<MeaningChange> {
    let mut changes = Vec::new();
    let binds = |meaning: &Meaning| {
        String::from(if meaning.binds { "the query binds" } else { "the query has errors" })
    };
    one("binding", &binds(before), &binds(after), &mut changes);
    several("tables", &before.tables, &after.tables, &mut changes);
    several("functions", &before.functions, &after.functions, &mut changes);
    several("windows", &before.windows, &after.windows, &mut changes);
    one("schedule", &before.schedule, &after.schedule, &mut changes);
    several("literals", &before.literals, &after.literals, &mut changes);
    several("conditions", &before.conditions, &after.conditions, &mut changes);
    several("joins", &before.joins, &after.joins, &mut changes);
    several("groups", &before.groups, &after.groups, &mut changes);
    several("entities", &before.entities, &after.entities, &mut changes);
    let columns = |meaning: &Meaning| meaning.columns.iter().cloned().collect::<BTreeSet<_>>();
    several("columns", &columns(before), &columns(after), &mut changes);
    if before.columns != after.columns && columns(before) == columns(after) {
        one(
            "order of columns",
            &before.columns.join(", "),
            &after.columns.join(", "),
            &mut changes,
        );
    }
    one("kind", &before.kind, &after.kind, &mut changes);
    one("severity", &before.severity, &after.severity, &mut changes);
    several("tactics", &before.tactics, &after.tactics, &mut changes);
    several("techniques", &before.techniques, &after.techniques, &mut changes);
    one("name", &before.name, &after.name, &mut changes);
    one("description", &before.description, &after.description, &mut changes);
    one("version", &before.version, &after.version, &mut changes);
    changes
}

fn one(part: &'static str, before: &str, after: &str, changes: &mut Vec<MeaningChange>) {
    if before != after {
        let listed = |text: &str| match text {
            "" => Vec::new(),
            text => vec![text.to_owned()],
        };
        changes.push(MeaningChange { part, removed: listed(before), added: listed(after) });
    }
}

fn several(
    part: &'static str,
    before: &BTreeSet<String>,
    after: &BTreeSet<String>,
    changes: &mut Vec<MeaningChange>,
) {
    let removed: Vec<String> = before.difference(after).cloned().collect();
    let added: Vec<String> = after.difference(before).cloned().collect();
    if !removed.is_empty() || !added.is_empty() {
        changes.push(MeaningChange { part, removed, added });
    }
}
