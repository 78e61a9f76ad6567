//! What the tests have in common.

use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use arrow::array::RecordBatch;
use arrow::compute::concat_batches;
use datafusion::logical_expr::Expr;
use datafusion::prelude::{SessionConfig, SessionContext, col};
use harrier_store::{FileReport, OpenOptions, Store};
use kql_engine::Tables;
use kql_functions::physical::value_at;
use kql_semantics::catalog::Catalog;
use kql_semantics::time::{DateTimeText, parse_datetime};
use kql_semantics::{Type, Value};

/// The shared folder; none where it is not on this machine.
pub(crate) fn folder() -> Option<PathBuf> {
    let given = std::env::var_os("HARRIER_SHARED").map(PathBuf::from);
    let beside = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    let folder = given.unwrap_or(beside);
    if folder.join("samples").is_dir() {
        return Some(folder);
    }
    println!("skipped: no shared folder");
    None
}

/// A folder of files for one test.
pub(crate) struct Data(Arc<tempfile::TempDir>);

/// A store over such a folder, which it keeps.
pub(crate) struct Opened {
    store: Store,
    _folder: Arc<tempfile::TempDir>,
}

impl Deref for Opened {
    type Target = Store;
    fn deref(&self) -> &Store {
        &self.store
    }
}

impl Data {
    /// Writes files.
    pub(crate) fn new(files: &[(&str, &[u8])]) -> Self {
        let data = Self(Arc::new(tempfile::tempdir().unwrap()));
        files.iter().for_each(|(path, bytes)| data.write(path, bytes));
        data
    }

    pub(crate) fn write(&self, path: &str, bytes: &[u8]) {
        let path = self.path(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }

    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.0.path().join("data").join(path)
    }

    pub(crate) fn open(&self) -> Opened {
        self.open_with(&OpenOptions::default())
    }

    pub(crate) fn open_with(&self, options: &OpenOptions) -> Opened {
        let store = Store::open(&[self.path("")], options, &|_| ()).unwrap();
        Opened { store, _folder: Arc::clone(&self.0) }
    }
}

/// What became of the file of this name.
pub(crate) fn report<'s>(store: &'s Store, file: &str) -> &'s FileReport {
    let is_it = |report: &&FileReport| report.path.ends_with(Path::new(file));
    store.files().iter().find(is_it).unwrap_or_else(|| panic!("no report of {file}"))
}

/// Why a file is not read.
pub(crate) fn why_not<'s>(store: &'s Store, file: &str) -> &'s str {
    report(store, file).outcome.why_not().unwrap_or("it is read")
}

/// A query of one table, in DataFusion's words.
pub(crate) struct Query<'a> {
    pub(crate) table: &'a str,
    pub(crate) columns: &'a [&'a str],
    pub(crate) filter: Option<Expr>,
    pub(crate) threads: usize,
}

impl Query<'_> {
    /// The rows, in the order of the readers.
    pub(crate) fn rows(&self, store: &Store) -> RecordBatch {
        let source = store.source(self.table).expect("the table has data");
        let context = SessionContext::new_with_config(
            SessionConfig::new().with_target_partitions(self.threads).with_batch_size(1000),
        );
        let mut frame = context.read_table(source.provider).unwrap();
        if let Some(filter) = &self.filter {
            frame = frame.filter(filter.clone()).unwrap();
        }
        let columns: Vec<Expr> = self.columns.iter().map(|name| quoted(name)).collect();
        let frame = frame.select(columns).unwrap();
        let schema = frame.schema().as_arrow().clone().into();
        let runtime =
            tokio::runtime::Builder::new_multi_thread().worker_threads(2).build().unwrap();
        let batches = runtime.block_on(frame.collect()).unwrap();
        concat_batches(&schema, &batches).unwrap()
    }

    /// The physical plan.
    pub(crate) fn plan(&self, store: &Store) -> String {
        let source = store.source(self.table).expect("the table has data");
        let context = SessionContext::new_with_config(
            SessionConfig::new().with_target_partitions(self.threads),
        );
        let mut frame = context.read_table(source.provider).unwrap();
        if let Some(filter) = &self.filter {
            frame = frame.filter(filter.clone()).unwrap();
        }
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let plan = runtime.block_on(frame.create_physical_plan()).unwrap();
        datafusion::physical_plan::displayable(plan.as_ref()).indent(false).to_string()
    }
}

/// A column whose name keeps its case.
pub(crate) fn quoted(name: &str) -> Expr {
    col(datafusion::common::Column::from_name(name))
}

/// A query of one table's columns.
pub(crate) fn query<'a>(table: &'a str, columns: &'a [&'a str]) -> Query<'a> {
    Query { table, columns, filter: None, threads: 1 }
}

/// The rows of a table, each value as text.
pub(crate) fn texts(store: &Store, table: &str, columns: &[&str]) -> Vec<Vec<String>> {
    let batch = query(table, columns).rows(store);
    let types: Vec<Type> = columns.iter().map(|column| ty(store, table, column)).collect();
    (0..batch.num_rows())
        .map(|row| {
            types
                .iter()
                .zip(batch.columns())
                .map(|(ty, array)| shown(&value_at(array, row, *ty)))
                .collect()
        })
        .collect()
}

/// One column's values, each as text.
pub(crate) fn column(store: &Store, table: &str, column: &str) -> Vec<String> {
    texts(store, table, &[column]).into_iter().flatten().collect()
}

/// The type of a column.
pub(crate) fn ty(store: &Store, table: &str, column: &str) -> Type {
    let schema = store.table(table).expect("the table is known");
    let mut columns = schema.columns.iter().chain(&schema.hidden);
    columns.find(|(name, _)| **name == *column).map_or(Type::Unknown, |(_, ty)| *ty)
}

fn shown(value: &Value) -> String {
    match value {
        Value::Null(_) => String::from("null"),
        Value::String(text) => text.to_string(),
        Value::DateTime(ticks) => DateTimeText(*ticks).to_string(),
        Value::Dynamic(value) => value.to_text(),
        Value::Bool(value) => value.to_string(),
        Value::Int(value) => value.to_string(),
        Value::Long(value) => value.to_string(),
        Value::Real(value) => value.to_string(),
        other => format!("{other:?}"),
    }
}

/// A time in ticks.
pub(crate) fn ticks(text: &str) -> i64 {
    parse_datetime(text).unwrap()
}

/// Bytes packed with gzip.
pub(crate) fn gzip(bytes: &[u8]) -> Vec<u8> {
    use std::io::Write;
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}
