//! Data sources: which rules each table feeds.

use std::collections::BTreeMap;

use serde::Serialize;

use super::CoveredRule;
use crate::connectors;
use crate::page::Observed;

/// A table that rules read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct SourceRow {
    /// Its name.
    pub table: String,
    /// The connectors that fill it, those most used first.
    pub connectors: Vec<String>,
    /// How many rules read it.
    pub rules: usize,
    /// How many of these are able to match.
    pub able: usize,
    /// How many rows it has; none where there is no data to look in.
    pub rows: Option<u64>,
}

pub(super) fn of(rules: &[CoveredRule], observed: Option<&Observed>) -> Vec<SourceRow> {
    let mut rows: BTreeMap<&str, SourceRow> = BTreeMap::new();
    for rule in rules {
        for table in &rule.tables {
            let row = rows.entry(table).or_insert_with(|| SourceRow {
                table: table.clone(),
                connectors: connectors_of(table),
                rows: observed
                    .map(|observed| observed.tables.get(table).map_or(0, |table| table.rows)),
                ..SourceRow::default()
            });
            row.rules += 1;
            row.able += usize::from(rule.is_able());
        }
    }
    let mut rows: Vec<SourceRow> = rows.into_values().collect();
    rows.sort_by(|one, other| {
        other.rules.cmp(&one.rules).then_with(|| one.table.cmp(&other.table))
    });
    rows
}

/// The first connectors that fill a table.
pub(super) fn connectors_of(table: &str) -> Vec<String> {
    connectors::connectors_of(table).iter().take(3).map(|one| one.id.to_owned()).collect()
}
