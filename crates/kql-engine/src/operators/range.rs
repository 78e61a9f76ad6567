//! `range column from a to b step c`

use std::sync::Arc;

use arrow::array::{ArrayRef, Float64Array, Int32Array, Int64Array, RecordBatch};
use arrow::datatypes::{DataType, Field, Schema, SchemaRef};
use datafusion::catalog::streaming::StreamingTable;
use datafusion::execution::{SendableRecordBatchStream, TaskContext};
use datafusion::physical_plan::stream::RecordBatchStreamAdapter;
use datafusion::physical_plan::streaming::PartitionStream;
use kql_functions::physical;
use kql_semantics::bound::{Rowset, Scalar};
use kql_semantics::{Decimal, Type, Value};

use super::table::rows_of;
use crate::QueryError;
use crate::lower::Lowering;
use crate::plan::{Plan, column_name};

/// Steps of one `range`.
const MOST: u64 = 100_000_000;

const BATCH: u64 = 8192;

pub(crate) fn lower(
    lowering: &mut Lowering<'_>,
    rowset: &Rowset,
    bounds: &[Scalar; 3],
) -> Result<Plan, QueryError> {
    let [from, to, step] = bounds;
    let [from, to, step] =
        [lowering.constant(from)?, lowering.constant(to)?, lowering.constant(step)?];
    let Some(column) = rowset.columns.first() else {
        return Err(QueryError::Internal(String::from("a range without a column")));
    };
    let steps = Steps::new(&from, &to, &step)?.at_most(lowering.taken.get())?;
    let ordinal = lowering.fresh("o");
    let fields = vec![
        physical::field(&column_name(column.id), column.ty),
        Field::new(&ordinal, DataType::Int64, false),
    ];
    let schema = Arc::new(Schema::new(fields));
    let rows = Arc::new(Rows { schema: Arc::clone(&schema), steps, ty: column.ty });
    let table = Arc::new(StreamingTable::try_new(schema, vec![rows])?);
    let plan = rows_of(&lowering.fresh("t"), table)?;
    Ok(Plan::ordered_by(plan, ordinal))
}

/// Where a range begins, how wide its steps are, and how many values it has.
#[derive(Clone, Copy, Debug)]
enum Steps {
    Whole { from: i64, step: i64, count: u64 },
    Real { from: f64, step: f64, count: u64 },
}

impl Steps {
    fn new(from: &Value, to: &Value, step: &Value) -> Result<Self, QueryError> {
        let steps = match (whole(from), whole(to), whole(step)) {
            (Some(from), Some(to), Some(step)) => {
                let count = count_whole(from, to, step)?;
                Self::Whole { from, step, count }
            }
            _ => match (real(from), real(to), real(step)) {
                (Some(from), Some(to), Some(step)) => {
                    let count = count_real(from, to, step)?;
                    Self::Real { from, step, count }
                }
                // A null bound: no values.
                _ => Self::Whole { from: 0, step: 0, count: 0 },
            },
        };
        Ok(steps)
    }

    /// Only so many of them, where no more are taken.
    fn at_most(mut self, taken: Option<usize>) -> Result<Self, QueryError> {
        let taken = taken.and_then(|taken| u64::try_from(taken).ok()).unwrap_or(u64::MAX);
        match &mut self {
            Self::Whole { count, .. } | Self::Real { count, .. } => *count = taken.min(*count),
        }
        if self.count() > MOST {
            return Err(QueryError::Value(format!(
                "`range` would give {} rows, and {MOST} are the most: widen its step",
                self.count()
            )));
        }
        Ok(self)
    }

    const fn count(&self) -> u64 {
        match self {
            Self::Whole { count, .. } | Self::Real { count, .. } => *count,
        }
    }
}

fn no_step() -> QueryError {
    QueryError::Value(String::from("the step of `range` is 0: it would never end"))
}

fn count_whole(from: i64, to: i64, step: i64) -> Result<u64, QueryError> {
    if step == 0 {
        return Err(no_step());
    }
    let span = i128::from(to) - i128::from(from);
    let steps = span / i128::from(step);
    if (span < 0) != (step < 0) && span != 0 {
        return Ok(0);
    }
    Ok(u64::try_from(steps + 1).unwrap_or(u64::MAX))
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it saturates")]
fn count_real(from: f64, to: f64, step: f64) -> Result<u64, QueryError> {
    if step == 0.0 {
        return Err(no_step());
    }
    let steps = (to - from) / step;
    if steps.is_nan() || steps < 0.0 {
        return Ok(0);
    }
    // A last value that misses the end by the rounding of the division still counts.
    Ok(((steps * (1.0 + f64::EPSILON)).floor() as u64).saturating_add(1))
}

fn whole(value: &Value) -> Option<i64> {
    match value {
        Value::Int(value) => Some(i64::from(*value)),
        Value::Long(value) | Value::DateTime(value) | Value::TimeSpan(value) => Some(*value),
        _ => None,
    }
}

#[expect(clippy::cast_precision_loss, reason = "what Kusto does when it widens")]
fn real(value: &Value) -> Option<f64> {
    match value {
        Value::Real(value) => Some(*value),
        Value::Decimal(value) => Some(Decimal::to_f64(*value)),
        _ => whole(value).map(|value| value as f64),
    }
}

/// Gives the values batch by batch.
#[derive(Debug)]
struct Rows {
    schema: SchemaRef,
    steps: Steps,
    ty: Type,
}

impl PartitionStream for Rows {
    fn schema(&self) -> &SchemaRef {
        &self.schema
    }

    fn execute(&self, _context: Arc<TaskContext>) -> SendableRecordBatchStream {
        let (schema, steps, ty) = (Arc::clone(&self.schema), self.steps, self.ty);
        let starts = (0..steps.count()).step_by(usize::try_from(BATCH).unwrap_or(usize::MAX));
        let batches = starts.map(move |start| {
            let count = BATCH.min(steps.count() - start);
            let ordinals = (start..start + count).map(|at| i64::try_from(at).unwrap_or(i64::MAX));
            let arrays: Vec<ArrayRef> = vec![
                values(steps, (start, count), ty)?,
                Arc::new(Int64Array::from_iter_values(ordinals)),
            ];
            Ok(RecordBatch::try_new(Arc::clone(&schema), arrays)?)
        });
        let schema = Arc::clone(&self.schema);
        Box::pin(RecordBatchStreamAdapter::new(schema, futures::stream::iter(batches)))
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_possible_wrap,
    reason = "a range has no more values than 64 bits count, and the binder gave its type"
)]
fn values(
    steps: Steps,
    (start, count): (u64, u64),
    ty: Type,
) -> datafusion::common::Result<ArrayRef> {
    let places = start..start + count;
    let array: ArrayRef = match steps {
        Steps::Whole { from, step, .. } => {
            let values = places.map(|at| from.wrapping_add(step.wrapping_mul(at as i64)));
            match ty {
                Type::Int => Arc::new(Int32Array::from_iter_values(values.map(|v| v as i32))),
                Type::Real => Arc::new(Float64Array::from_iter_values(values.map(|v| v as f64))),
                _ => Arc::new(Int64Array::from_iter_values(values)),
            }
        }
        Steps::Real { from, step, .. } => {
            Arc::new(Float64Array::from_iter_values(places.map(|at| from + step * at as f64)))
        }
    };
    if *array.data_type() == physical::data_type(ty) {
        return Ok(array);
    }
    Ok(arrow::compute::cast(&array, &physical::data_type(ty))?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_both_ends() {
        let count = |from, to, step| count_whole(from, to, step).unwrap();
        assert_eq!(count(1, 5, 1), 5);
        assert_eq!(count(1, 6, 2), 3);
        assert_eq!(count(5, 1, -2), 3);
        assert_eq!(count(1, 5, -1), 0);
        assert_eq!(count(5, 1, 1), 0);
        assert_eq!(count(3, 3, -1), 1);
        assert_eq!(count(i64::MIN, i64::MAX, 1), u64::MAX);
        assert_eq!(count_real(0.0, 0.3, 0.1).unwrap(), 4);
        assert_eq!(count_real(1.0, 0.0, 0.5).unwrap(), 0);
        assert!(count_whole(1, 2, 0).is_err());
    }
}
