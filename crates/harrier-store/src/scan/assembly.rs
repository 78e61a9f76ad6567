//! What a reader of a file gives, as the table's columns.

use std::sync::Arc;

use arrow::array::{ArrayRef, Int64Array, RecordBatch, RecordBatchOptions, StringArray};
use arrow::datatypes::SchemaRef;
use datafusion::common::Result;
use kql_functions::physical;
use kql_semantics::Type;

use crate::file::DataFile;
use crate::rows::{Columns, Decoded};
use crate::table::{Source, Table};

/// Bits of a place that tell the row within its file: a terabyte of text.
const ROW_BITS: u32 = 40;

/// Puts some of a table's columns together from what a reader of one file gives.
pub(crate) struct Assembly {
    pub(crate) schema: SchemaRef,
    sources: Vec<ColumnSource>,
    rank: u32,
}

enum ColumnSource {
    /// The decoded column of this place.
    Decoded(usize),
    Text(String),
    Place,
    Null(Type),
}

impl Assembly {
    /// For these columns of the table, and what must be read for them.
    pub(crate) fn new(table: &Table, file: &DataFile, wanted: &[usize]) -> Result<(Self, Columns)> {
        let mut columns = Columns::default();
        let mut sources = Vec::with_capacity(wanted.len());
        for (name, ty) in wanted.iter().filter_map(|index| table.columns.get(*index)) {
            sources.push(match table.source(name, file) {
                Source::Stored(stored) => ColumnSource::Decoded(columns.want(stored, *ty)),
                Source::Constant(text) => ColumnSource::Text(text.to_owned()),
                Source::Place => {
                    columns.with_places = true;
                    ColumnSource::Place
                }
                Source::Absent => ColumnSource::Null(*ty),
            });
        }
        let schema = Arc::new(table.arrow.project(wanted)?);
        Ok((Self { schema, sources, rank: file.rank }, columns))
    }

    /// The columns of some rows.
    pub(crate) fn batch(&self, decoded: &Decoded) -> Result<RecordBatch> {
        let arrays = self.sources.iter().map(|source| self.array(source, decoded)).collect();
        let options = RecordBatchOptions::new().with_row_count(Some(decoded.rows));
        Ok(RecordBatch::try_new_with_options(Arc::clone(&self.schema), arrays, &options)?)
    }

    fn array(&self, source: &ColumnSource, decoded: &Decoded) -> ArrayRef {
        let rows = decoded.rows;
        match source {
            ColumnSource::Decoded(place) => match decoded.columns.get(*place) {
                Some(array) => Arc::clone(array),
                None => physical::nulls(Type::Dynamic, rows),
            },
            ColumnSource::Text(text) => {
                Arc::new(StringArray::from_iter_values(std::iter::repeat_n(text, rows)))
            }
            ColumnSource::Place => {
                let file = i64::from(self.rank) << ROW_BITS;
                Arc::new(Int64Array::from_iter_values(
                    decoded.places.iter().map(|place| file | place),
                ))
            }
            ColumnSource::Null(ty) => physical::nulls(*ty, rows),
        }
    }
}
