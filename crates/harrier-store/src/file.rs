//! A file whose rows are those of a table.

use std::path::PathBuf;
use std::sync::Arc;

use crate::json::{Form, Place};
use crate::parquet::ParquetFile;
use crate::report::{Compression, Format};
use crate::summary::{Summary, Times};

/// A file whose rows, or some of them, are those of a table.
#[derive(Clone, Debug)]
pub(crate) struct DataFile {
    pub(crate) path: PathBuf,
    /// Its place among all files in the order of paths.
    pub(crate) rank: u32,
    pub(crate) bytes: u64,
    pub(crate) compression: Compression,
    pub(crate) summary: Arc<Summary>,
    /// How many of its rows are the table's.
    pub(crate) rows: u64,
    /// Only rows of this `Type` are the table's.
    pub(crate) only_type: Option<TypeFilter>,
    pub(crate) content: Content,
}

/// Which rows of a file of several tables are of one of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct TypeFilter {
    /// The value of `Type`.
    pub(crate) value: String,
    /// The other tables' values, where rows with none of them are this table's too.
    pub(crate) takes_all_but: Option<Vec<String>>,
}

impl TypeFilter {
    /// Whether a row of this `Type` is the table's.
    pub(crate) fn takes(&self, ty: &str) -> bool {
        match &self.takes_all_but {
            Some(others) => !others.iter().any(|other| other == ty),
            None => ty == self.value,
        }
    }
}

/// How a file's rows are written.
#[derive(Clone, Debug)]
pub(crate) enum Content {
    Parquet(Arc<ParquetFile>),
    Json {
        format: Format,
        form: Form,
        place: Place,
    },
    /// The byte between values.
    Csv(u8),
}

impl DataFile {
    /// When its rows are, by a column of its own.
    pub(crate) fn times(&self, column: &str) -> Option<Times> {
        self.summary.column(column)?.times
    }
}
