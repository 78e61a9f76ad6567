//! One reader's pieces of a scan, as batches of the table's columns.

use std::sync::Arc;

use arrow::array::RecordBatch;
use arrow::datatypes::SchemaRef;
use datafusion::common::{DataFusionError, Result};
use datafusion::physical_expr::PhysicalExpr;
use datafusion::physical_expr_common::physical_expr::snapshot_physical_expr;
use datafusion::physical_plan::metrics::Count;

use super::assembly::Assembly;
use super::filter::{Failure, columns_of, early_tests, filtered, over};
use super::prune;
use super::units::{Part, Unit};
use crate::bytes::open;
use crate::csv::Records;
use crate::csv::rows::CsvRows;
use crate::file::Content;
use crate::json::Frames;
use crate::json::rows::{Batch, JsonRows};
use crate::parquet::rows::{ParquetRows, Request};
use crate::rows::{Columns, ReadError, Rows};
use crate::table::Table;

/// Reads pieces one after another.
pub(crate) struct Reader {
    pub(crate) table: Arc<Table>,
    /// The wanted columns, by their place in the table.
    pub(crate) projection: Vec<usize>,
    pub(crate) schema: SchemaRef,
    /// What rows must pass.
    pub(crate) filters: Vec<Arc<dyn PhysicalExpr>>,
    /// What they must pass besides, which is known only while the query runs.
    pub(crate) late_filters: Vec<Arc<dyn PhysicalExpr>>,
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
    assembly: Assembly,
    /// What is still to be tested of its rows.
    filters: Vec<Arc<dyn PhysicalExpr>>,
    failure: Failure,
    path: String,
}

impl Reader {
    /// The next rows; none at the end. There may be none in a batch: a scan that finds nothing must give others their turn,
    /// and end when it is told to.
    pub(crate) fn next(&mut self) -> Result<Option<RecordBatch>> {
        if self.limit == Some(0) {
            return Ok(None);
        }
        let Some(current) = &mut self.current else {
            let Some(unit) = self.units.next() else { return Ok(None) };
            self.current = self.open(&unit)?;
            return Ok(Some(RecordBatch::new_empty(Arc::clone(&self.schema))));
        };
        let Some(decoded) = current.rows.next().map_err(|error| current.failed(&error))? else {
            self.current = None;
            return Ok(Some(RecordBatch::new_empty(Arc::clone(&self.schema))));
        };
        let batch = filtered(current.assembly.batch(&decoded)?, &current.filters)?;
        self.wanted(&batch).map(Some)
    }

    /// The wanted columns of the rows that are still wanted. Those that only filters read stand behind them.
    fn wanted(&mut self, batch: &RecordBatch) -> Result<RecordBatch> {
        let columns: Vec<usize> = (0..self.projection.len()).collect();
        let batch = batch.project(&columns)?.with_schema(Arc::clone(&self.schema))?;
        let Some(left) = &mut self.limit else { return Ok(batch) };
        let rows = batch.num_rows().min(*left);
        *left -= rows;
        Ok(batch.slice(0, rows))
    }

    /// Begins to read a piece; none where it is known by now that no row of it is wanted.
    fn open(&self, unit: &Unit) -> Result<Option<Current>> {
        let failure = Failure::default();
        let path = unit.file.path.display().to_string();
        let all: Vec<_> = self.filters.iter().chain(&self.late_filters).cloned().collect();
        if self.is_unwanted(unit)? {
            return Ok(None);
        }
        self.bytes_scanned.add(usize::try_from(unit.bytes).unwrap_or(usize::MAX));
        if let (Content::Parquet(parquet), false) = (&unit.file.content, all.is_empty())
            && let Some(tests) =
                early_tests(&self.table, unit, parquet, &self.projection, &all, &failure)?
        {
            let (assembly, columns) = Assembly::new(&self.table, &unit.file, &self.projection)?;
            let rows =
                self.open_rows(unit, &columns, tests).map_err(|error| in_file(&path, &error))?;
            return Ok(Some(Current { rows, assembly, filters: Vec::new(), failure, path }));
        }
        let mut wanted = self.projection.clone();
        for column in all.iter().flat_map(|filter| columns_of(&self.table, filter)) {
            if !wanted.contains(&column) {
                wanted.push(column);
            }
        }
        let (assembly, columns) = Assembly::new(&self.table, &unit.file, &wanted)?;
        let rows =
            self.open_rows(unit, &columns, Vec::new()).map_err(|error| in_file(&path, &error))?;
        let filters = over(&assembly, &all)?;
        Ok(Some(Current { rows, assembly, filters, failure, path }))
    }

    /// Whether bounds rule the piece out by what is known now of the late filters.
    fn is_unwanted(&self, unit: &Unit) -> Result<bool> {
        let (Content::Parquet(parquet), Part::Group { group, .. }, false) =
            (&unit.file.content, &unit.part, self.late_filters.is_empty())
        else {
            return Ok(false);
        };
        let now: Vec<_> = self
            .late_filters
            .iter()
            .map(|filter| snapshot_physical_expr(Arc::clone(filter)))
            .collect::<Result<_>>()?;
        let predicates = prune::predicates(&self.table, &now);
        Ok(prune::groups(&self.table, &unit.file, parquet, &[*group], &predicates).is_empty())
    }

    fn open_rows(
        &self,
        unit: &Unit,
        columns: &Columns,
        tests: Vec<Box<dyn parquet::arrow::arrow_reader::ArrowPredicate>>,
    ) -> Result<Box<dyn Rows>, ReadError> {
        let file = &unit.file;
        let batch_rows = self.batch_rows;
        match (&file.content, &unit.part) {
            (Content::Parquet(parquet), part) => {
                let (groups, selection) = match part {
                    Part::Group { group, rows } => (vec![*group], rows.clone()),
                    Part::Whole | Part::Bytes(_) => {
                        ((0..parquet.metadata.metadata().num_row_groups()).collect(), None)
                    }
                };
                let request = Request { columns, groups: &groups, selection, tests, batch_rows };
                Ok(Box::new(ParquetRows::open(parquet, request)?))
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
}

impl Current {
    /// What a filter failed with, or what is wrong with the file.
    fn failed(&self, error: &ReadError) -> DataFusionError {
        let of_filter = self.failure.lock().ok().and_then(|mut failure| failure.take());
        of_filter.unwrap_or_else(|| in_file(&self.path, error))
    }
}

/// What went wrong, with the file it went wrong in.
fn in_file(path: &str, error: &ReadError) -> DataFusionError {
    DataFusionError::External(Box::new(std::io::Error::other(format!(
        "can not read {path}: {error}"
    ))))
}
