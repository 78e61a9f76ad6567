//! `$barrier`: rows as they are, of whose order DataFusion knows nothing.
//!
//! It pushes a sort below a `union`, and takes out of it what is constant in each leg: the number of the leg. Then the legs
//! can not be merged, and there is no plan at all.

use std::sync::Arc;

use arrow::array::RecordBatch;
use datafusion::common::Result;

use crate::node::{Batches, Columns, Operator, Process, Run, Spread, one_batch};

/// Passes rows on.
#[derive(Debug)]
pub(crate) struct Barrier;

/// Passes rows on in their order, in one stream. An operator of several inputs can not ask for an order itself: DataFusion
/// takes the sort below it out again.
#[derive(Debug)]
pub(crate) struct InOrder;

impl Operator for InOrder {
    fn name(&self) -> &'static str {
        "InOrder"
    }

    fn columns(&self) -> Columns {
        Columns::Added { fields: Vec::new(), reads: Vec::new() }
    }

    fn spread(&self) -> Spread {
        Spread::Single
    }

    fn keeps_order(&self) -> bool {
        false
    }

    fn start(self: Arc<Self>, run: Run) -> Result<Box<dyn Process>> {
        Ok(Box::new(Passing { run }))
    }
}

impl Operator for Barrier {
    fn name(&self) -> &'static str {
        "Barrier"
    }

    fn columns(&self) -> Columns {
        Columns::Added { fields: Vec::new(), reads: Vec::new() }
    }

    fn spread(&self) -> Spread {
        Spread::EachPartition
    }

    fn keeps_order(&self) -> bool {
        false
    }

    fn start(self: Arc<Self>, run: Run) -> Result<Box<dyn Process>> {
        Ok(Box::new(Passing { run }))
    }
}

struct Passing {
    run: Run,
}

impl Process for Passing {
    fn push(&mut self, batch: RecordBatch) -> Result<Batches> {
        let options =
            arrow::array::RecordBatchOptions::new().with_row_count(Some(batch.num_rows()));
        let schema = Arc::clone(&self.run.output);
        let columns = batch.columns().to_vec();
        Ok(one_batch(RecordBatch::try_new_with_options(schema, columns, &options)?))
    }
}
