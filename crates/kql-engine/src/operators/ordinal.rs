//! `$ordinal`: a number for each row, unique, and growing in the input's order where that is one stream.

use std::sync::Arc;

use arrow::array::{Int64Array, RecordBatch};
use arrow::datatypes::{DataType, Field};
use datafusion::common::Result;

use crate::node::{Batches, Columns, Operator, Process, Run, Spread, one_batch, value_error};

/// Rows of one partition are numbered from its number times this.
const PARTITION: i64 = 1 << 44;

/// Numbers the rows.
#[derive(Debug)]
pub(crate) struct Ordinal {
    /// The column of the numbers.
    pub(crate) output: String,
}

impl Operator for Ordinal {
    fn name(&self) -> &'static str {
        "Ordinal"
    }

    fn columns(&self) -> Columns {
        let fields = vec![Field::new(&self.output, DataType::Int64, true)];
        Columns::Added { fields, reads: Vec::new() }
    }

    fn spread(&self) -> Spread {
        Spread::EachPartition
    }

    fn keeps_order(&self) -> bool {
        true
    }

    fn start(self: Arc<Self>, run: Run) -> Result<Box<dyn Process>> {
        let first = i64::try_from(run.partition).ok().and_then(|at| at.checked_mul(PARTITION));
        let next = first.ok_or_else(|| value_error("the plan has too many partitions"))?;
        Ok(Box::new(Numbering { run, next }))
    }
}

struct Numbering {
    run: Run,
    next: i64,
}

impl Process for Numbering {
    fn push(&mut self, batch: RecordBatch) -> Result<Batches> {
        let from = self.next;
        self.next += i64::try_from(batch.num_rows()).unwrap_or(i64::MAX);
        let mut columns = batch.columns().to_vec();
        columns.push(Arc::new(Int64Array::from_iter_values(from..self.next)));
        Ok(one_batch(RecordBatch::try_new(Arc::clone(&self.run.output), columns)?))
    }
}
