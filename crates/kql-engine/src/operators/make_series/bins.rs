//! The operator before the summary: each row's bin; rows outside the axis are left out.

use std::sync::Arc;

use arrow::array::RecordBatch;
use arrow::compute::{filter_record_batch, is_not_null};
use arrow::datatypes::{DataType, Field};
use datafusion::common::Result;

use super::axis::Axis;
use crate::cells;
use crate::node::{Batches, Columns, Operator, Process, Run, Spread, one_batch};

/// Finds the bins of rows.
#[derive(Debug)]
pub(super) struct Bins {
    /// Their axis.
    pub(super) axis: Axis,
    /// The input's column that is binned.
    pub(super) source: String,
    /// The column of the bins.
    pub(super) output: String,
}

impl Operator for Bins {
    fn name(&self) -> &'static str {
        "Bins"
    }

    fn columns(&self) -> Columns {
        let fields = vec![Field::new(&self.output, DataType::Int64, true)];
        Columns::Added { fields, reads: vec![self.source.clone()] }
    }

    fn spread(&self) -> Spread {
        Spread::EachPartition
    }

    fn keeps_order(&self) -> bool {
        true
    }

    fn start(self: Arc<Self>, run: Run) -> Result<Box<dyn Process>> {
        Ok(Box::new(Binning { operator: self, run }))
    }
}

struct Binning {
    operator: Arc<Bins>,
    run: Run,
}

impl Process for Binning {
    fn push(&mut self, batch: RecordBatch) -> Result<Batches> {
        let bins = self.operator.axis.bins(cells::column(&batch, &self.operator.source)?)?;
        let is_inside = is_not_null(&bins)?;
        let mut columns = batch.columns().to_vec();
        columns.push(Arc::new(bins));
        let batch = RecordBatch::try_new(Arc::clone(&self.run.output), columns)?;
        match is_inside.true_count() == is_inside.len() {
            true => Ok(one_batch(batch)),
            false => Ok(one_batch(filter_record_batch(&batch, &is_inside)?)),
        }
    }
}
