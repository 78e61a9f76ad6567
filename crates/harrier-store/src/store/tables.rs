//! Files of tables to tables: the columns that the schema knows and those that the data adds.

use std::collections::BTreeMap;
use std::sync::Arc;

use kql_semantics::Type;
use kql_semantics::catalog::TableSchema;
use kql_syntax::Name;

use super::{FoundColumn, TableInfo};
use crate::file::DataFile;
use crate::kinds::Kinds;
use crate::known::{KnownSchemas, TableOrigin, hidden_columns};
use crate::summary::TIME_COLUMNS;
use crate::table::Table;

/// The tables of some files.
pub(super) fn tables(files: Vec<(Name, Arc<DataFile>)>) -> BTreeMap<Name, Arc<Table>> {
    let mut by_name: BTreeMap<Name, Vec<Arc<DataFile>>> = BTreeMap::new();
    for (name, file) in files {
        by_name.entry(name).or_default().push(file);
    }
    by_name.into_iter().map(|(name, files)| (name.clone(), Arc::new(table(&name, files)))).collect()
}

fn table(name: &Name, files: Vec<Arc<DataFile>>) -> Table {
    let known = KnownSchemas.table(name);
    let (mut columns, hidden) = match &known {
        Some(schema) => (schema.columns.clone(), schema.hidden.clone()),
        None => (Vec::new(), Vec::new()),
    };
    let is_custom = name.ends_with("_CL");
    for (column, kinds) in kinds_of_columns(&files) {
        if columns.iter().chain(&hidden).any(|(known, _)| **known == *column) {
            continue;
        }
        let ty = if is_custom { kinds.ty_of_custom(&column) } else { kinds.ty() };
        columns.push((Name::new(&column), ty));
    }
    let hidden = if known.is_some() { hidden } else { hidden_columns(name, &columns) };
    let time = time_column(name, &columns, &files);
    let schema = TableSchema { name: name.clone(), columns, hidden };
    Table::new(Arc::new(schema), time, files)
}

/// All columns of the files, in the order of their first appearance, with all kinds of value that they hold.
fn kinds_of_columns(files: &[Arc<DataFile>]) -> Vec<(String, Kinds)> {
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    let mut columns: Vec<(String, Kinds)> = Vec::new();
    for column in files.iter().flat_map(|file| &file.summary.columns) {
        let place = *places.entry(&column.name).or_insert_with(|| {
            columns.push((column.name.clone(), Kinds::NONE));
            columns.len() - 1
        });
        if let Some((_, kinds)) = columns.get_mut(place) {
            kinds.add(column.kinds);
        }
    }
    columns
}

/// The column by which a table is in time: the one that its platform goes by, else the one that its rows have.
fn time_column(name: &str, columns: &[(Name, Type)], files: &[Arc<DataFile>]) -> Option<Name> {
    let is_there =
        |time: &str| columns.iter().any(|(column, ty)| **column == *time && *ty == Type::DateTime);
    let is_held =
        |time: &str| files.iter().any(|file| file.times(time).is_some_and(|times| times.rows > 0));
    let mut candidates: Vec<&str> =
        TIME_COLUMNS.iter().copied().filter(|time| is_there(time)).collect();
    if KnownSchemas.origin(name) == Some(TableOrigin::DefenderXdr) {
        candidates.reverse();
    }
    // Of two known ones the held one fills the other, so either would do; a found one must be held itself.
    let both_known = candidates.len() == 2
        && KnownSchemas.table(name).is_some_and(|schema| {
            TIME_COLUMNS.iter().all(|time| schema.columns.iter().any(|(c, _)| **c == **time))
        });
    let held = candidates.iter().find(|time| both_known || is_held(time));
    held.or(candidates.first()).map(|time| Name::new(time))
}

pub(super) fn info(table: &Table) -> TableInfo {
    let rows = table.files.iter().map(|file| file.rows).sum();
    let mut times = crate::summary::Times::default();
    if let Some(time) = &table.time {
        for file in &table.files {
            if let crate::table::Source::Stored(stored) = table.source(time, file) {
                times.add(&file.times(stored).unwrap_or_default());
            }
        }
    }
    let first = times
        .span
        .map(|(first, _)| first)
        .filter(|first| times.last_plausible.is_some_and(|last| *first <= last));
    TableInfo {
        rows,
        time_column: table.time.clone(),
        first,
        last: times.last_plausible,
        files: table.files.len(),
        future_rows: times.future_rows,
        timeless_rows: if table.time.is_some() { rows.saturating_sub(times.rows) } else { 0 },
    }
}

pub(super) fn found_columns(table: &Table) -> Vec<FoundColumn> {
    let known = KnownSchemas.table(&table.schema.name);
    let is_known = |name: &str| {
        known.as_ref().is_some_and(|schema| {
            schema.columns.iter().chain(&schema.hidden).any(|(column, _)| **column == *name)
        })
    };
    kinds_of_columns(&table.files)
        .into_iter()
        .map(|(name, kinds)| FoundColumn {
            found: kinds.ty(),
            ty: table.ty(&name).unwrap_or(Type::Unknown),
            is_known: is_known(&name),
            files: table.files.iter().filter(|file| file.summary.column(&name).is_some()).count(),
            name: Name::new(&name),
        })
        .collect()
}
