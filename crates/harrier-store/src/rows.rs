//! What the readers of the formats have in common.

use arrow::array::ArrayRef;
use kql_semantics::Type;

/// Reads the rows of a part of a file.
pub(crate) trait Rows: Send {
    /// The next rows; none at the end.
    fn next(&mut self) -> Result<Option<Decoded>, ReadError>;
}

/// The columns that are wanted of a file.
#[derive(Clone, Debug, Default)]
pub(crate) struct Columns {
    /// By their names in the file, zones aside, with the types that they are to have. Each comes once.
    pub(crate) wanted: Vec<(String, Type)>,
    /// Whether the places of the rows are wanted too.
    pub(crate) with_places: bool,
}

impl Columns {
    /// Adds a column; gives its place.
    pub(crate) fn want(&mut self, name: &str, ty: Type) -> usize {
        let known =
            self.wanted.iter().position(|(wanted, wanted_ty)| wanted == name && *wanted_ty == ty);
        known.unwrap_or_else(|| {
            self.wanted.push((name.to_owned(), ty));
            self.wanted.len() - 1
        })
    }
}

/// Rows as the engine holds them.
#[derive(Debug, Default)]
pub(crate) struct Decoded {
    /// The wanted columns.
    pub(crate) columns: Vec<ArrayRef>,
    /// How many rows.
    pub(crate) rows: usize,
    /// Where each row lies in its file, ascending; empty unless wanted.
    pub(crate) places: Vec<i64>,
}

/// Why a file can not be read on.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ReadError {
    #[error("{0}")]
    Io(#[from] std::io::Error),
    #[error("{0}")]
    Arrow(#[from] arrow::error::ArrowError),
    #[error("{0}")]
    Parquet(#[from] parquet::errors::ParquetError),
    #[error("{0}")]
    Format(String),
}
