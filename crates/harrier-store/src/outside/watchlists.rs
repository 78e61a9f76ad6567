//! Watchlists: CSV files in a folder, each under its name.
//!
//! As the service gives them, a list has `_DTItemId`, `LastUpdatedTimeUTC`, `SearchKey` and `WatchlistItem` (a bag of the row)
//! and then the columns of its file, all of them strings. `SearchKey` is the file's column of that name, else its first.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use arrow::array::{Array, ArrayRef, AsArray, BooleanArray, Int64Array, RecordBatch, StringArray};
use arrow::datatypes::{Field, Schema};
use kql_engine::TableSource;
use kql_engine::outside::OutsideError;
use kql_functions::physical;
use kql_semantics::time::UNIX_EPOCH;
use kql_semantics::{Dynamic, Type, Value};
use kql_syntax::Name;

use super::given::{Headed, by_heading, source, text};
use super::read::Delimited;
use super::refused;
use crate::StoreError;

const ITEM: &str = "_DTItemId";
const UPDATED: &str = "LastUpdatedTimeUTC";
const KEY: &str = "SearchKey";
const BAG: &str = "WatchlistItem";

/// What every list has.
const COLUMNS: [(&str, Type); 4] =
    [(ITEM, Type::String), (UPDATED, Type::DateTime), (KEY, Type::String), (BAG, Type::Dynamic)];

/// The lists by which the parsers of ASIM are configured. A workspace that configures nothing has none of them, and to the
/// parsers that is as good as an empty one.
const OPTIONAL: [&str; 2] = ["ASimDisabledParsers", "ASimSourceType"];

/// The lists of a folder.
#[derive(Debug, Default)]
pub(super) struct Watchlists {
    lists: BTreeMap<String, RecordBatch>,
    is_given: bool,
}

impl Watchlists {
    pub(super) fn open(folder: Option<&Path>) -> Result<Self, StoreError> {
        let Some(folder) = folder else { return Ok(Self::default()) };
        let listed = std::fs::read_dir(folder).map_err(|source| match source.kind() {
            std::io::ErrorKind::NotFound => StoreError::NotThere(folder.to_owned()),
            _ => StoreError::Folder { path: folder.to_owned(), source },
        })?;
        let mut lists = BTreeMap::new();
        for path in listed.filter_map(|entry| Some(entry.ok()?.path())) {
            let is_csv = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("csv"));
            if let Some(name) = path.file_stem().filter(|_| is_csv && path.is_file()) {
                let list =
                    list(&path).map_err(|why| StoreError::Given { path: path.clone(), why })?;
                lists.insert(name.to_string_lossy().into_owned(), list);
            }
        }
        Ok(Self { lists, is_given: true })
    }

    /// The columns of a list; none where it is not there.
    pub(super) fn columns(&self, alias: &str) -> Option<Vec<(Name, Type)>> {
        let Some(list) = self.find(alias) else {
            let is_optional = OPTIONAL.contains(&alias);
            return is_optional.then(base_columns);
        };
        let ty = |name: &str| {
            COLUMNS.iter().find(|(known, _)| *known == name).map_or(Type::String, |(_, ty)| *ty)
        };
        let schema = list.schema();
        let names = schema.fields().iter().map(|field| field.name());
        Some(names.map(|name| (Name::new(name), ty(name))).collect())
    }

    /// The rows of `_GetWatchlist(alias, keys)`.
    pub(super) fn rows(&self, arguments: &[Value]) -> Result<TableSource, OutsideError> {
        let Some(Value::String(alias)) = arguments.first() else {
            return Err(refused("which watchlist is meant depends on rows", "write its name"));
        };
        match self.find(alias) {
            Some(list) => source(&with_keys(list, arguments.get(1))?),
            None if OPTIONAL.contains(&&**alias) => source(&empty()),
            None => Err(self.missing(alias)),
        }
    }

    /// The names of all lists.
    pub(super) fn aliases(&self) -> Result<TableSource, OutsideError> {
        if !self.is_given {
            return Err(refused(
                "no watchlists are given",
                "give a folder of them with --watchlists",
            ));
        }
        let names = StringArray::from_iter_values(self.lists.keys());
        let schema = Schema::new(vec![physical::field("WatchlistAlias", Type::String)]);
        let batch = RecordBatch::try_new(Arc::new(schema), vec![Arc::new(names)]);
        source(&batch.map_err(|error| OutsideError::Failed(error.to_string()))?)
    }

    /// The service does not mind the case of an alias.
    fn find(&self, alias: &str) -> Option<&RecordBatch> {
        self.lists.get(alias).or_else(|| {
            let same = |(name, _): &(&String, &RecordBatch)| name.eq_ignore_ascii_case(alias);
            self.lists.iter().find(same).map(|(_, list)| list)
        })
    }

    fn missing(&self, alias: &str) -> OutsideError {
        let message = format!("`_GetWatchlist` needs the watchlist `{alias}`, which is not given");
        let place = match self.is_given {
            true => "the folder of --watchlists",
            false => "a folder, and give that with --watchlists",
        };
        refused(message, format!("save it as {alias}.csv in {place}"))
    }
}

fn base_columns() -> Vec<(Name, Type)> {
    COLUMNS.iter().map(|(name, ty)| (Name::new(name), *ty)).collect()
}

fn empty() -> RecordBatch {
    let fields: Vec<Field> = COLUMNS.iter().map(|(name, ty)| physical::field(name, *ty)).collect();
    RecordBatch::new_empty(Arc::new(Schema::new(fields)))
}

/// The rows of a list whose key is one of these; all where there are none.
fn with_keys(list: &RecordBatch, keys: Option<&Value>) -> Result<RecordBatch, OutsideError> {
    let Some(Value::Dynamic(keys)) = keys else { return Ok(list.clone()) };
    let Dynamic::Array(keys) = &**keys else { return Ok(list.clone()) };
    let wanted: Vec<&str> = keys
        .iter()
        .filter_map(|key| match key {
            Dynamic::String(key) => Some(&**key),
            _ => None,
        })
        .collect();
    let Some(column) = list.column_by_name(KEY).filter(|_| !wanted.is_empty()) else {
        return Ok(list.clone());
    };
    let column = column.as_string::<i32>();
    let is_wanted: BooleanArray =
        column.iter().map(|key| Some(key.is_some_and(|key| wanted.contains(&key)))).collect();
    arrow::compute::filter_record_batch(list, &is_wanted)
        .map_err(|error| OutsideError::Failed(error.to_string()))
}

/// The list of a file.
fn list(path: &Path) -> Result<RecordBatch, String> {
    let form = Delimited { delimiter: b',', ignores_first: true };
    let heading = form.heading(&text(path)?);
    let mut own: Vec<(Name, Type)> = Vec::new();
    for name in heading.iter().filter(|name| !name.is_empty()) {
        let is_base = COLUMNS.iter().any(|(base, _)| base == name);
        if !is_base && !own.iter().any(|(known, _)| **known == **name) {
            own.push((Name::new(name), Type::String));
        }
    }
    if heading.is_empty() {
        return Err(String::from("has no heading: a watchlist's first line names its columns"));
    }
    let mut columns = base_columns();
    columns.extend(own);
    let headed = by_heading(path, &columns)?;
    let modified = std::fs::metadata(path).and_then(|data| data.modified()).ok();
    let since = modified.and_then(|time| time.duration_since(std::time::UNIX_EPOCH).ok());
    let updated = since.and_then(|since| i64::try_from(since.as_nanos() / 100).ok());
    completed(&headed, updated.map(|ticks| ticks.saturating_add(UNIX_EPOCH)))
}

/// What the service adds to a list, where its file does not have it.
fn completed(headed: &Headed, updated: Option<i64>) -> Result<RecordBatch, String> {
    let has = |name: &str| headed.heading.iter().any(|known| known == name);
    let schema = headed.batch.schema();
    let rows = headed.batch.num_rows();
    let names: Vec<&str> = schema.fields().iter().map(|field| field.name().as_str()).collect();
    let mut own: Vec<(&str, &StringArray)> = names
        .iter()
        .zip(headed.batch.columns())
        .filter(|(name, _)| has(name))
        .filter(|(name, _)| !COLUMNS.iter().any(|(base, _)| base == *name) || **name == KEY)
        .map(|(name, array)| (*name, array.as_string::<i32>()))
        .collect();
    // As the file has them.
    own.sort_by_key(|(name, _)| headed.heading.iter().position(|known| known == name));
    let first = own.first().map(|(_, array)| *array);
    let arrays = names.iter().zip(headed.batch.columns()).map(|(name, array)| -> ArrayRef {
        match *name {
            _ if has(name) => Arc::clone(array),
            ITEM => Arc::new(StringArray::from_iter_values((1..=rows).map(|row| row.to_string()))),
            UPDATED => Arc::new(Int64Array::from(vec![updated; rows])),
            KEY => first.map_or_else(|| Arc::clone(array), |first| Arc::new(first.clone())),
            BAG => Arc::new(StringArray::from_iter_values((0..rows).map(|row| bag(&own, row)))),
            _ => Arc::clone(array),
        }
    });
    RecordBatch::try_new(Arc::clone(&schema), arrays.collect()).map_err(|error| error.to_string())
}

/// A row as a bag.
fn bag(columns: &[(&str, &StringArray)], row: usize) -> String {
    let entries = columns.iter().filter(|(_, array)| row < array.len());
    let entries = entries.map(|(name, array)| ((*name).into(), Dynamic::string(array.value(row))));
    Dynamic::Bag(entries.collect()).to_text()
}
