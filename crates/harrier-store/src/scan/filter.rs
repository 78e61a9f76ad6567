//! Filters that a scan applies itself.
//!
//! Where the columns of the filters are the smaller part of a Parquet file, they are decoded first, and the others only
//! where rows are left: most detections want a few rows of wide tables.

use std::sync::{Arc, Mutex};

use arrow::array::{AsArray, BooleanArray, RecordBatch};
use arrow::compute::filter_record_batch;
use arrow::error::ArrowError;
use datafusion::common::tree_node::TreeNode;
use datafusion::common::{DataFusionError, Result};
use datafusion::logical_expr::Expr;
use datafusion::physical_expr::PhysicalExpr;
use datafusion::physical_expr::utils::{collect_columns, reassign_expr_columns};
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::ArrowPredicate;

use super::assembly::Assembly;
use super::units::{Part, Unit};
use crate::parquet::ParquetFile;
use crate::parquet::rows::Decoding;
use crate::rows::Decoded;
use crate::table::Table;

/// Whether a scan can apply a filter: whether it is computed from the row alone.
pub(crate) fn is_of_row(filter: &Expr) -> bool {
    let is_more = filter.exists(|part| {
        Ok(matches!(
            part,
            Expr::AggregateFunction(_)
                | Expr::WindowFunction(_)
                | Expr::Exists(_)
                | Expr::InSubquery(_)
                | Expr::SetComparison(_)
                | Expr::ScalarSubquery(_)
                | Expr::OuterReferenceColumn(_, _)
                | Expr::Placeholder(_)
                | Expr::GroupingSet(_)
                | Expr::Unnest(_)
        ))
    });
    !is_more.unwrap_or(true) && !filter.is_volatile()
}

/// The columns of a table that a filter reads, ascending.
pub(crate) fn columns_of(table: &Table, filter: &Arc<dyn PhysicalExpr>) -> Vec<usize> {
    let mut columns: Vec<usize> = collect_columns(filter)
        .iter()
        .filter_map(|column| table.arrow.index_of(column.name()).ok())
        .collect();
    columns.sort_unstable();
    columns.dedup();
    columns
}

/// Filters in terms of the columns that an assembly gives.
pub(crate) fn over(
    assembly: &Assembly,
    filters: &[Arc<dyn PhysicalExpr>],
) -> Result<Vec<Arc<dyn PhysicalExpr>>> {
    filters
        .iter()
        .map(|filter| reassign_expr_columns(Arc::clone(filter), &assembly.schema))
        .collect()
}

/// The rows of a batch that all filters take.
pub(crate) fn filtered(
    batch: RecordBatch,
    filters: &[Arc<dyn PhysicalExpr>],
) -> Result<RecordBatch> {
    let mut batch = batch;
    for filter in filters {
        if batch.num_rows() == 0 {
            break;
        }
        let taken = truth(filter, &batch)?;
        if taken.true_count() < batch.num_rows() {
            batch = filter_record_batch(&batch, &taken)?;
        }
    }
    Ok(batch)
}

fn truth(filter: &Arc<dyn PhysicalExpr>, batch: &RecordBatch) -> Result<BooleanArray> {
    let array = filter.evaluate(batch)?.into_array(batch.num_rows())?;
    let not_bool = || DataFusionError::Internal(String::from("a filter is no truth value"));
    array.as_boolean_opt().cloned().ok_or_else(not_bool)
}

/// What a filter failed with while a file was decoded.
pub(crate) type Failure = Arc<Mutex<Option<DataFusionError>>>;

/// The filters as tests that the decoder of a Parquet file makes before it decodes the other columns; none where that would
/// not pay, or can not be.
pub(crate) fn early_tests(
    table: &Table,
    unit: &Unit,
    parquet: &Arc<ParquetFile>,
    projection: &[usize],
    filters: &[Arc<dyn PhysicalExpr>],
    failure: &Failure,
) -> Result<Option<Vec<Box<dyn ArrowPredicate>>>> {
    let Part::Group { group, .. } = unit.part else { return Ok(None) };
    let mut tests: Vec<(u64, Test)> = Vec::new();
    let mut tested: Vec<usize> = Vec::new();
    for filter in filters {
        let wanted = columns_of(table, filter);
        let (assembly, columns) = Assembly::new(table, &unit.file, &wanted)?;
        if columns.with_places || columns.wanted.is_empty() {
            return Ok(None);
        }
        let decoding = Decoding::new(parquet, &columns)?;
        tested.extend(&wanted);
        tests.push((
            decoding.bytes(parquet, group),
            Test {
                filter: reassign_expr_columns(Arc::clone(filter), &assembly.schema)?,
                mask: decoding.mask(parquet),
                decoding,
                assembly,
                failure: Arc::clone(failure),
            },
        ));
    }
    let bytes_of = |wanted: &[usize]| -> Result<u64> {
        let (_, columns) = Assembly::new(table, &unit.file, wanted)?;
        Ok(Decoding::new(parquet, &columns)?.bytes(parquet, group))
    };
    let others: Vec<usize> =
        projection.iter().copied().filter(|column| !tested.contains(column)).collect();
    if others.is_empty() || bytes_of(&others)? < bytes_of(&tested)? / 4 {
        return Ok(None);
    }
    tests.sort_by_key(|(bytes, _)| *bytes);
    Ok(Some(tests.into_iter().map(|(_, test)| Box::new(test) as Box<dyn ArrowPredicate>).collect()))
}

/// A filter that the decoder of a Parquet file applies.
struct Test {
    filter: Arc<dyn PhysicalExpr>,
    mask: ProjectionMask,
    decoding: Decoding,
    assembly: Assembly,
    failure: Failure,
}

impl ArrowPredicate for Test {
    fn projection(&self) -> &ProjectionMask {
        &self.mask
    }

    fn evaluate(&mut self, batch: RecordBatch) -> Result<BooleanArray, ArrowError> {
        let columns = self.decoding.arrays(&batch)?;
        let decoded = Decoded { columns, rows: batch.num_rows(), places: Vec::new() };
        let taken = self.assembly.batch(&decoded).and_then(|batch| truth(&self.filter, &batch));
        taken.map_err(|error| {
            let message = error.to_string();
            if let Ok(mut failure) = self.failure.lock() {
                *failure = Some(error);
            }
            ArrowError::ComputeError(message)
        })
    }
}
