//! What the product's functions look up: files that a person gives in place of the service.
//!
//! `FileProfile.csv` holds a row a file (`SHA1`, `SHA256`, `MD5` and whatever is known of it), `SeenBy.csv` a row a device
//! (`DeviceId`, `SeenBy`), `DeviceFromIP.csv` a row for each time a device had an address (`IP`, `DeviceId`, `Timestamp`).

use std::collections::{BTreeMap, HashSet};
use std::path::Path;
use std::sync::Arc;

use arrow::array::{Array, ArrayRef, AsArray, RecordBatch, StringArray};
use arrow::datatypes::{DataType, Field, Schema};
use datafusion::datasource::MemTable;
use kql_engine::TableSource;
use kql_engine::outside::OutsideError;
use kql_semantics::Type;
use kql_semantics::catalog::{StoredBody, StoredResult};
use kql_syntax::Name;

use super::read::{Delimited, Gathered, Origin};
use super::refused;
use crate::StoreError;
use crate::known::KnownSchemas;

/// The functions, and the columns by which each is asked.
const FUNCTIONS: [(&str, &[&str]); 3] = [
    ("FileProfile", &["SHA1", "SHA256", "MD5"]),
    ("SeenBy", &["DeviceId"]),
    ("DeviceFromIP", &["IP", "DeviceId"]),
];

/// What was given, by function.
#[derive(Debug, Default)]
pub(super) struct GivenTables {
    by_function: BTreeMap<&'static str, RecordBatch>,
}

impl GivenTables {
    pub(super) fn open(folder: Option<&Path>) -> Result<Self, StoreError> {
        let mut given = Self::default();
        let Some(folder) = folder else { return Ok(given) };
        if !folder.is_dir() {
            return Err(StoreError::NotThere(folder.to_owned()));
        }
        for (function, keys) in FUNCTIONS {
            let path = folder.join(format!("{function}.csv"));
            if path.is_file() {
                let batch = read(&path, function, keys)
                    .map_err(|why| StoreError::Given { path: path.clone(), why })?;
                given.by_function.insert(function, batch);
            }
        }
        Ok(given)
    }

    /// The rows that were given for a function.
    pub(super) fn rows(&self, function: &str) -> Result<TableSource, OutsideError> {
        if let Some(batch) = self.by_function.get(function) {
            return source(batch);
        }
        if FUNCTIONS.iter().any(|(known, _)| *known == function) {
            let message = format!(
                "`{function}()` asks the product's service, and nothing is given in its place"
            );
            let help = format!(
                "give what it would answer as {function}.csv in a folder, and that with --lookups"
            );
            return Err(refused(message, help));
        }
        Err(OutsideError::NotGiven)
    }
}

/// Rows in memory as a table.
pub(super) fn source(batch: &RecordBatch) -> Result<TableSource, OutsideError> {
    let table = MemTable::try_new(batch.schema(), vec![vec![batch.clone()]]);
    let table = table.map_err(|error| OutsideError::Failed(error.to_string()))?;
    Ok(TableSource { provider: Arc::new(table), order: Vec::new(), time: None, ingested: None })
}

/// The rows of a file.
fn read(path: &Path, function: &str, keys: &[&str]) -> Result<RecordBatch, String> {
    let columns = columns(function);
    let rows = by_heading(path, &columns)?;
    let has = |key: &&str| rows.heading.iter().any(|name| name == key);
    match function {
        "FileProfile" if keys.iter().any(has) => by_hash(&rows.batch, keys),
        "SeenBy" if keys.iter().all(has) => first_of_each(&rows.batch, "DeviceId"),
        "DeviceFromIP" if keys.iter().all(has) => Ok(rows.batch),
        _ => Err(format!("has no column {}", keys.join(", "))),
    }
}

/// The columns that a function gives.
fn columns(function: &str) -> Vec<(Name, Type)> {
    let known = KnownSchemas.function(function);
    let mut columns = match known.as_ref().map(|known| &known.body) {
        Some(StoredBody::Signature(signature)) => match &signature.result {
            StoredResult::Table { columns, .. } | StoredResult::Extends(columns) => columns.clone(),
            _ => Vec::new(),
        },
        _ => Vec::new(),
    };
    let further: &[(&str, Type)] = match function {
        "SeenBy" => &[("DeviceId", Type::String)],
        "DeviceFromIP" => &[("Timestamp", Type::DateTime)],
        _ => &[],
    };
    columns.extend(further.iter().map(|(name, ty)| (Name::new(name), *ty)));
    columns
}

/// Rows by the names that a file's first record gives its columns.
pub(super) struct Headed {
    pub(super) heading: Vec<String>,
    pub(super) batch: RecordBatch,
}

/// The rows of a file that begins with the names of its columns; those that it does not have are absent.
pub(super) fn by_heading(path: &Path, columns: &[(Name, Type)]) -> Result<Headed, String> {
    let text = text(path)?;
    let form = Delimited { delimiter: b',', ignores_first: true };
    let heading = form.heading(&text);
    let origin = |(name, _): &(Name, Type)| {
        let place = heading.iter().position(|heading| **heading == **name);
        place.map_or(Origin::Absent, Origin::Ordinal)
    };
    let origins: Vec<Origin> = columns.iter().map(origin).collect();
    let mut gathered = Gathered::new(columns);
    let schema = gathered.schema();
    form.read(&text, Some(&origins), &mut gathered)?;
    let batches = gathered.finish()?;
    let batch = arrow::compute::concat_batches(&schema, &batches);
    Ok(Headed { heading, batch: batch.map_err(|error| error.to_string())? })
}

pub(super) fn text(path: &Path) -> Result<String, String> {
    let bytes = std::fs::read(path).map_err(|error| format!("can not be read: {error}"))?;
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes);
    Ok(String::from_utf8_lossy(bytes).into_owned())
}

/// Each row once for each of its hashes, under `Hash`, in lower case; of several rows of a hash the first.
fn by_hash(batch: &RecordBatch, keys: &[&str]) -> Result<RecordBatch, String> {
    let mut seen = HashSet::new();
    let (mut hashes, mut rows) = (Vec::new(), Vec::new());
    for row in 0..batch.num_rows() {
        for key in keys {
            let Some(column) = batch.column_by_name(key) else { continue };
            let hash = column.as_string::<i32>().value(row).trim().to_ascii_lowercase();
            if !hash.is_empty() && seen.insert(hash.clone()) {
                hashes.push(hash);
                rows.push(u64::try_from(row).unwrap_or(u64::MAX));
            }
        }
    }
    let taken = taken(batch, rows)?;
    let mut fields = taken.schema().fields().to_vec();
    fields.push(Arc::new(Field::new("Hash", DataType::Utf8, false)));
    let mut arrays = taken.columns().to_vec();
    arrays.push(Arc::new(StringArray::from(hashes)) as ArrayRef);
    RecordBatch::try_new(Arc::new(Schema::new(fields)), arrays).map_err(|error| error.to_string())
}

fn first_of_each(batch: &RecordBatch, key: &str) -> Result<RecordBatch, String> {
    let Some(column) = batch.column_by_name(key) else { return Ok(batch.clone()) };
    let keys = column.as_string::<i32>();
    let mut seen = HashSet::new();
    let first = (0..keys.len()).filter(|row| seen.insert(keys.value(*row)));
    let rows = first.map(|row| u64::try_from(row).unwrap_or(u64::MAX)).collect();
    taken(batch, rows)
}

fn taken(batch: &RecordBatch, rows: Vec<u64>) -> Result<RecordBatch, String> {
    let rows = arrow::array::UInt64Array::from(rows);
    arrow::compute::take_record_batch(batch, &rows).map_err(|error| error.to_string())
}
