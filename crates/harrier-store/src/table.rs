//! A table: its columns, and the files that hold its rows.

use std::sync::Arc;

use arrow::datatypes::{Field, Schema, SchemaRef};
use kql_functions::physical;
use kql_semantics::Type;
use kql_semantics::catalog::TableSchema;
use kql_syntax::Name;

use crate::file::DataFile;
use crate::summary::{TIME_COLUMNS, TYPE_COLUMN};

/// The hidden column that tells rows of equal time apart: file and place in it. Ascending in the order of paths and rows.
pub(crate) const PLACE_COLUMN: &str = "_harrier_place";

/// A table: its columns, and the files that hold its rows.
#[derive(Debug)]
pub(crate) struct Table {
    /// As the binder sees it.
    pub(crate) schema: Arc<TableSchema>,
    /// All columns that can be read: shown ones, hidden ones, and last the place.
    pub(crate) columns: Vec<(Name, Type)>,
    /// The same in Arrow's terms.
    pub(crate) arrow: SchemaRef,
    /// The column by which it is in time.
    pub(crate) time: Option<Name>,
    /// In the order of their paths.
    pub(crate) files: Vec<Arc<DataFile>>,
}

/// Where the values of a column are in one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Source<'a> {
    /// In the file's column of this name.
    Stored(&'a str),
    /// All rows have this text.
    Constant(&'a str),
    /// File and row.
    Place,
    /// Nowhere: null in all rows.
    Absent,
}

impl Table {
    pub(crate) fn new(
        schema: Arc<TableSchema>,
        time: Option<Name>,
        files: Vec<Arc<DataFile>>,
    ) -> Self {
        let place = (Name::new(PLACE_COLUMN), Type::Long);
        let columns: Vec<(Name, Type)> =
            schema.columns.iter().chain(&schema.hidden).cloned().chain([place]).collect();
        let fields: Vec<Field> =
            columns.iter().map(|(name, ty)| physical::field(name, *ty)).collect();
        Self { schema, columns, arrow: Arc::new(Schema::new(fields)), time, files }
    }

    /// Where the values of a column are in a file.
    pub(crate) fn source<'a>(&'a self, column: &'a str, file: &DataFile) -> Source<'a> {
        if column == PLACE_COLUMN {
            return Source::Place;
        }
        if file.summary.holds(column) {
            return Source::Stored(column);
        }
        // The one of the two times that the data holds fills the other.
        let other = match TIME_COLUMNS.iter().position(|time| *time == column) {
            Some(at) if self.has_both_times() => TIME_COLUMNS.iter().rev().nth(at),
            _ => None,
        };
        match other.filter(|other| file.summary.holds(other)) {
            Some(other) => Source::Stored(other),
            None if column == TYPE_COLUMN => Source::Constant(&self.schema.name),
            None => Source::Absent,
        }
    }

    /// The type of a column.
    pub(crate) fn ty(&self, column: &str) -> Option<Type> {
        self.columns.iter().find(|(name, _)| **name == *column).map(|(_, ty)| *ty)
    }

    fn has_both_times(&self) -> bool {
        TIME_COLUMNS.iter().all(|time| self.ty(time) == Some(Type::DateTime))
    }
}
