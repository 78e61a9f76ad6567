//! One reader's pieces of a scan, as batches of the table's columns.

use std::sync::Arc;

use arrow::array::{ArrayRef, Int64Array, RecordBatch, RecordBatchOptions, StringArray};
use arrow::datatypes::SchemaRef;
use datafusion::common::{DataFusionError, Result};
use datafusion::physical_plan::metrics::Count;
use kql_functions::physical;
use kql_semantics::Type;

use super::units::{Part, Unit};
use crate::bytes::open;
use crate::csv::Records;
use crate::csv::rows::CsvRows;
use crate::file::Content;
use crate::json::Frames;
use crate::json::rows::{Batch, JsonRows};
use crate::rows::{Columns, Decoded, Rows};
use crate::table::{Source, Table};

/// Bits of a place that tell the row within its file: a terabyte of text.
const ROW_BITS: u32 = 40;

/// Reads pieces one after another.
pub(crate) struct Reader {
    pub(crate) table: Arc<Table>,
    /// The wanted columns, by their place in the table.
    pub(crate) projection: Vec<usize>,
    pub(crate) schema: SchemaRef,
    pub(crate) units: std::vec::IntoIter<Unit>,
    pub(crate) batch_rows: usize,
    /// How many more rows are wanted.
    pub(crate) limit: Option<usize>,
    pub(crate) bytes_scanned: Count,
    pub(crate) current: Option<Current>,
}

/// The piece that is being read.
pub(crate) struct Current {
    rows: Box<dyn Rows>,
    /// Where each wanted column comes from.
    sources: Vec<ColumnSource>,
    rank: u32,
    path: String,
}

enum ColumnSource {
    /// The decoded column of this place.
    Decoded(usize),
    Text(String),
    Place,
    Null(Type),
}

impl Reader {
    /// The next rows; none at the end.
    pub(crate) fn next(&mut self) -> Result<Option<RecordBatch>> {
        loop {
            if self.limit == Some(0) {
                return Ok(None);
            }
            if self.current.is_none() {
                let Some(unit) = self.units.next() else { return Ok(None) };
                self.current = Some(self.open(&unit)?);
            }
            let Some(current) = &mut self.current else { continue };
            let decoded = current.rows.next().map_err(|error| in_file(&current.path, &error))?;
            match decoded {
                None => self.current = None,
                Some(decoded) if decoded.rows == 0 => {}
                Some(decoded) => {
                    let batch = assemble(current, &self.schema, decoded)?;
                    return Ok(Some(self.limited(batch)));
                }
            }
        }
    }

    fn limited(&mut self, batch: RecordBatch) -> RecordBatch {
        let Some(left) = &mut self.limit else { return batch };
        let rows = batch.num_rows().min(*left);
        *left -= rows;
        batch.slice(0, rows)
    }

    fn open(&self, unit: &Unit) -> Result<Current> {
        let mut columns = Columns::default();
        let mut sources = Vec::with_capacity(self.projection.len());
        for index in &self.projection {
            let Some((name, ty)) = self.table.columns.get(*index) else { continue };
            sources.push(match self.table.source(name, &unit.file) {
                Source::Stored(stored) => ColumnSource::Decoded(columns.want(stored, *ty)),
                Source::Constant(text) => ColumnSource::Text(text.to_owned()),
                Source::Place => {
                    columns.with_places = true;
                    ColumnSource::Place
                }
                Source::Absent => ColumnSource::Null(*ty),
            });
        }
        let path = unit.file.path.display().to_string();
        let rows =
            open_rows(unit, &columns, self.batch_rows).map_err(|error| in_file(&path, &error))?;
        self.bytes_scanned.add(usize::try_from(unit.bytes).unwrap_or(usize::MAX));
        Ok(Current { rows, sources, rank: unit.file.rank, path })
    }
}

fn open_rows(
    unit: &Unit,
    columns: &Columns,
    batch_rows: usize,
) -> Result<Box<dyn Rows>, crate::rows::ReadError> {
    let file = &unit.file;
    match (&file.content, &unit.part) {
        (Content::Parquet(parquet), part) => {
            let (groups, selection) = match part {
                Part::Group { group, rows } => (vec![*group], rows.clone()),
                Part::Whole | Part::Bytes(_) => {
                    ((0..parquet.metadata.metadata().num_row_groups()).collect(), None)
                }
            };
            let request =
                crate::parquet::rows::Request { columns, groups: &groups, selection, batch_rows };
            Ok(Box::new(crate::parquet::rows::ParquetRows::open(parquet, &request)?))
        }
        (Content::Json { form, place, .. }, part) => {
            let frames = match part {
                Part::Bytes(range) => Frames::of_range(&file.path, range.clone())?,
                Part::Whole | Part::Group { .. } => {
                    Frames::new(open(&file.path, file.compression)?, *form)
                }
            };
            let batch = Batch::new(columns, file.only_type.as_ref());
            let is_cut = file.summary.is_cut;
            Ok(Box::new(JsonRows { frames, place: *place, batch_rows, is_cut, batch }))
        }
        (Content::Csv(delimiter), _) => {
            let records = Records::new(open(&file.path, file.compression)?, *delimiter);
            let (only_type, is_cut) = (file.only_type.as_ref(), file.summary.is_cut);
            Ok(Box::new(CsvRows::new(records, columns, only_type, batch_rows, is_cut)))
        }
    }
}

fn assemble(current: &Current, schema: &SchemaRef, decoded: Decoded) -> Result<RecordBatch> {
    let rows = decoded.rows;
    let arrays: Vec<ArrayRef> = current
        .sources
        .iter()
        .map(|source| match source {
            ColumnSource::Decoded(place) => decoded
                .columns
                .get(*place)
                .cloned()
                .unwrap_or_else(|| physical::nulls(Type::Dynamic, rows)),
            ColumnSource::Text(text) => {
                Arc::new(StringArray::from_iter_values(std::iter::repeat_n(text, rows))) as ArrayRef
            }
            ColumnSource::Place => {
                let file = i64::from(current.rank) << ROW_BITS;
                Arc::new(Int64Array::from_iter_values(
                    decoded.places.iter().map(|place| file | place),
                ))
            }
            ColumnSource::Null(ty) => physical::nulls(*ty, rows),
        })
        .collect();
    let options = RecordBatchOptions::new().with_row_count(Some(rows));
    Ok(RecordBatch::try_new_with_options(Arc::clone(schema), arrays, &options)?)
}

/// What went wrong, with the file it went wrong in.
fn in_file(path: &str, error: &crate::rows::ReadError) -> DataFusionError {
    DataFusionError::External(Box::new(std::io::Error::other(format!(
        "can not read {path}: {error}"
    ))))
}
