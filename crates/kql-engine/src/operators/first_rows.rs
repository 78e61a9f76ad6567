//! `$first_rows`: the first rows of each group. What `take` stands on where rows are kept apart.

use std::sync::Arc;

use arrow::array::{Array, ArrayRef, BooleanArray, RecordBatch};
use arrow::compute::filter_record_batch;
use arrow::row::{OwnedRow, RowConverter, SortField};
use datafusion::common::Result;

use crate::cells;
use crate::node::{Batches, Columns, Operator, Process, Run, Spread, one_batch};

/// Keeps the first rows of each group. Groups come one behind the other.
#[derive(Debug)]
pub(crate) struct FirstRows {
    /// Columns that tell groups apart.
    pub(crate) keys: Vec<String>,
    /// How many of each.
    pub(crate) count: usize,
    /// A column that marks ghosts (see `Apart`): they are kept and not counted.
    pub(crate) ghost: Option<String>,
}

impl Operator for FirstRows {
    fn name(&self) -> &'static str {
        "FirstRows"
    }

    fn columns(&self) -> Columns {
        let reads = self.keys.iter().chain(&self.ghost).cloned().collect();
        Columns::Added { fields: Vec::new(), reads }
    }

    fn spread(&self) -> Spread {
        Spread::Single
    }

    fn keeps_order(&self) -> bool {
        true
    }

    fn start(self: Arc<Self>, run: Run) -> Result<Box<dyn Process>> {
        let fields = self
            .keys
            .iter()
            .map(|key| Ok(SortField::new(run.input.field_with_name(key)?.data_type().clone())));
        let converter = RowConverter::new(fields.collect::<Result<_>>()?)?;
        Ok(Box::new(Counting { operator: self, run, converter, last: None, count: 0 }))
    }
}

struct Counting {
    operator: Arc<FirstRows>,
    run: Run,
    converter: RowConverter,
    last: Option<OwnedRow>,
    count: usize,
}

impl Process for Counting {
    fn push(&mut self, batch: RecordBatch) -> Result<Batches> {
        let operator = &self.operator;
        let keys: Vec<ArrayRef> = operator
            .keys
            .iter()
            .map(|key| cells::column(&batch, key).cloned())
            .collect::<Result<_>>()?;
        let ghosts =
            operator.ghost.as_deref().map(|name| cells::flags(&batch, name)).transpose()?;
        let keys = self.converter.convert_columns(&keys)?;
        let mut kept = Vec::with_capacity(batch.num_rows());
        for row in 0..batch.num_rows() {
            let key = keys.row(row);
            if self.last.as_ref().is_none_or(|last| last.row() != key) {
                self.last = Some(key.owned());
                self.count = 0;
            }
            let is_ghost = ghosts.is_some_and(|ghosts| ghosts.is_valid(row) && ghosts.value(row));
            self.count += usize::from(!is_ghost);
            kept.push(is_ghost || self.count <= operator.count);
        }
        let batch = RecordBatch::try_new(Arc::clone(&self.run.output), batch.columns().to_vec())?;
        Ok(one_batch(filter_record_batch(&batch, &BooleanArray::from(kept))?))
    }
}
