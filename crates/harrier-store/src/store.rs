//! The tables of what is given as data.

mod load;
mod tables;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use datafusion::catalog::TableProvider;
use kql_engine::outside::Outside;
use kql_engine::{TableSource, Tables};
use kql_semantics::Type;
use kql_semantics::bound::Scalar;
use kql_semantics::catalog::{Catalog, HIDDEN_COLUMNS, StoredFunction, TableSchema};
use kql_syntax::Name;

use crate::known::{KnownSchemas, TableOrigin};
use crate::outside::{OutsideOptions, World};
use crate::report::FileReport;
use crate::scan::LogTable;
use crate::table::{PLACE_COLUMN, Table};
use crate::{StoreError, summary};

/// When Log Analytics received a row.
const RECEIVED_COLUMN: &str = "_TimeReceived";

/// The tables of what is given as data, and those that are known without. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Store {
    inner: Arc<Inner>,
}

#[derive(Clone, Debug, Default)]
struct Inner {
    outside: Arc<World>,
    ingestion: IngestionTime,
    tables: BTreeMap<Name, Arc<Table>>,
    files: Vec<FileReport>,
    functions: BTreeMap<Name, Arc<StoredFunction>>,
}

/// How data is opened.
#[derive(Clone, Debug, Default)]
pub struct OpenOptions {
    /// Which files are which table's, before any other rule: a name and a pattern of paths (`**/fw-*.json`), the first
    /// that matches counts.
    pub tables: Vec<(Name, String)>,
    /// Where the first pass over a file is remembered between runs. **Default**: nowhere.
    pub cache: Option<PathBuf>,
    /// What is later by more than a day is in the future. **Unit**: ticks. **Default**: the clock of the machine.
    pub now: Option<i64>,
    /// How many files are looked at side by side. **Default**: the cores of the machine.
    pub threads: Option<usize>,
}

/// What `ingestion_time()` is of rows that do not say when they were ingested (by `_TimeReceived`).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum IngestionTime {
    /// The time of the event: a replay takes rows as they happened, and says so.
    #[default]
    AsEvent,
    /// This column.
    Column(Name),
    /// It is not known: null.
    Unknown,
}

/// How far the opening is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Files that have been looked at.
    pub files: usize,
    /// Files there are.
    pub of_files: usize,
    /// Bytes of the files that have been looked at.
    pub bytes: u64,
    /// Bytes of all files.
    pub of_bytes: u64,
}

/// What is known of a table's rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableInfo {
    /// How many there are.
    pub rows: u64,
    /// The column by which the table is in time; none where it has none.
    pub time_column: Option<Name>,
    /// The first row's time. **Unit**: ticks.
    pub first: Option<i64>,
    /// The last row's time, rows in the future aside. **Unit**: ticks.
    pub last: Option<i64>,
    /// How many files hold rows of it.
    pub files: usize,
    /// Rows that are in the future.
    pub future_rows: u64,
    /// Rows without a time, where the table has a column for it.
    pub timeless_rows: u64,
}

/// A column that was found in the data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundColumn {
    /// Its name.
    pub name: Name,
    /// The type that its values have by themselves.
    pub found: Type,
    /// The type that the table's schema gives it.
    pub ty: Type,
    /// Whether the known schema of the table has it.
    pub is_known: bool,
    /// In how many of the table's files it comes.
    pub files: usize,
}

impl Store {
    /// The known tables, all empty.
    #[must_use]
    pub fn known() -> Self {
        Self { inner: Arc::default() }
    }

    /// Looks at all files of these files and folders. What can not be read is told by [`Store::files`] and stops nothing.
    ///
    /// **Errors**: as [`StoreError`] tells.
    pub fn open(
        paths: &[PathBuf],
        options: &OpenOptions,
        progress: &dyn Fn(Progress),
    ) -> Result<Self, StoreError> {
        let (files, reports) = load::load(paths, options, progress)?;
        let tables = tables::tables(files);
        let inner = Inner { tables, files: reports, ..Inner::default() };
        Ok(Self { inner: Arc::new(inner) })
    }

    /// This with functions, which queries may call besides the known ones; they hide known ones of the same name.
    #[must_use]
    pub fn with_functions(mut self, functions: Vec<Arc<StoredFunction>>) -> Self {
        let inner = Arc::make_mut(&mut self.inner);
        inner
            .functions
            .extend(functions.into_iter().map(|function| (function.name.clone(), function)));
        self
    }

    /// This whose queries may reach what these options name.
    ///
    /// **Errors**: as [`StoreError`] tells.
    pub fn with_outside(mut self, options: &OutsideOptions) -> Result<Self, StoreError> {
        let world = Arc::new(World::open(options)?);
        Arc::make_mut(&mut self.inner).outside = world;
        Ok(self)
    }

    /// This with another meaning of `ingestion_time()`.
    #[must_use]
    pub fn with_ingestion_time(mut self, ingestion: IngestionTime) -> Self {
        Arc::make_mut(&mut self.inner).ingestion = ingestion;
        self
    }

    /// The column that says when a table's rows were ingested.
    fn ingested(&self, table: &Table) -> Option<Name> {
        let holds = |name: &str| table.files.iter().all(|file| file.summary.holds(name));
        match &self.inner.ingestion {
            IngestionTime::Column(name) => {
                (table.ty(name) == Some(Type::DateTime)).then(|| name.clone())
            }
            _ if holds(RECEIVED_COLUMN) => Some(Name::new(RECEIVED_COLUMN)),
            IngestionTime::AsEvent => table.time.clone(),
            IngestionTime::Unknown => None,
        }
    }

    /// What became of each file, in the order of paths.
    #[must_use]
    pub fn files(&self) -> &[FileReport] {
        &self.inner.files
    }

    /// The tables that have files, in the order of their names.
    #[must_use]
    pub fn tables_with_data(&self) -> Vec<Name> {
        self.inner.tables.keys().cloned().collect()
    }

    /// What is known of a table's rows; none where it has no file.
    #[must_use]
    pub fn info(&self, table: &str) -> Option<TableInfo> {
        self.data(table).map(|table| tables::info(table))
    }

    /// The columns that a table's files hold; empty where it has none.
    #[must_use]
    pub fn found_columns(&self, table: &str) -> Vec<FoundColumn> {
        self.data(table).map(|table| tables::found_columns(table)).unwrap_or_default()
    }

    /// Where a table is known from; none where only the data has it.
    #[must_use]
    pub fn origin(&self, table: &str) -> Option<TableOrigin> {
        KnownSchemas.origin(table)
    }

    /// A table's files, also under the name that it had before or got since.
    fn data(&self, name: &str) -> Option<&Arc<Table>> {
        let tables = &self.inner.tables;
        tables
            .get(name)
            .or_else(|| KnownSchemas.other_names(name).find_map(|other| tables.get(other)))
    }
}

impl Catalog for Store {
    fn table(&self, name: &str) -> Option<Arc<TableSchema>> {
        match self.data(name) {
            Some(table) if *table.schema.name == *name => Some(Arc::clone(&table.schema)),
            Some(table) => {
                Some(Arc::new(TableSchema { name: Name::new(name), ..(*table.schema).clone() }))
            }
            None => KnownSchemas.table(name),
        }
    }

    fn function(&self, name: &str) -> Option<Arc<StoredFunction>> {
        self.inner.functions.get(name).cloned().or_else(|| KnownSchemas.function(name))
    }

    fn called_columns(&self, function: &str, arguments: &[Scalar]) -> Option<Vec<(Name, Type)>> {
        self.inner.outside.called_columns(function, arguments)
    }

    fn table_names(&self) -> Vec<Name> {
        // A table that the data holds under its other name is there once.
        let is_own =
            |name: &&str| self.inner.tables.contains_key(*name) || self.data(name).is_none();
        let mut names: Vec<Name> =
            KnownSchemas.table_names().filter(is_own).map(Name::new).collect();
        names.extend(self.inner.tables.keys().cloned());
        names.sort_unstable();
        names.dedup();
        names
    }

    fn is_hidden_column(&self, name: &str) -> bool {
        HIDDEN_COLUMNS.contains(&name)
            || (!self.inner.tables.is_empty() && KnownSchemas.has_column(name))
    }

    fn is_there(&self, table: &str) -> bool {
        self.inner.tables.is_empty() || self.inner.tables.contains_key(table)
    }

    fn function_names(&self) -> Vec<Name> {
        let mut names: Vec<Name> = KnownSchemas.function_names().map(Name::new).collect();
        names.extend(self.inner.functions.keys().cloned());
        names.sort_unstable();
        names.dedup();
        names
    }
}

impl Tables for Store {
    fn source(&self, table: &str) -> Option<TableSource> {
        let table = self.data(table)?;
        let provider: Arc<dyn TableProvider> = Arc::new(LogTable(Arc::clone(table)));
        let order = table.time.iter().cloned().chain([Name::new(PLACE_COLUMN)]).collect();
        let (time, ingested) = (table.time.clone(), self.ingested(table));
        Some(TableSource { provider, order, time, ingested })
    }

    fn catalog(&self) -> &dyn Catalog {
        self
    }

    fn outside(&self) -> &dyn Outside {
        &*self.inner.outside
    }
}

/// The clock, where no other time is given.
fn now(options: &OpenOptions) -> i64 {
    options.now.unwrap_or_else(|| {
        let since =
            std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
        let ticks = i64::try_from(since.as_nanos() / 100).unwrap_or(i64::MAX);
        ticks.saturating_add(kql_semantics::time::UNIX_EPOCH)
    })
}

/// The latest time that is not in the future.
fn time_limit(options: &OpenOptions) -> i64 {
    summary::latest_plausible(now(options))
}
