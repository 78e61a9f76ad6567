//! The operator: columns filled from texts by a pattern.

use std::sync::Arc;

use arrow::array::{Array, BooleanArray, RecordBatch};
use arrow::compute::filter_record_batch;
use arrow::datatypes::Field;
use datafusion::common::Result;
use kql_functions::physical;
use kql_semantics::Type;

use super::pattern::Pattern;
use crate::cells::{self, Cells};
use crate::node::{Batches, Columns, Operator, Process, Run, Spread, one_batch};

/// Takes texts apart.
#[derive(Debug)]
pub(super) struct Parse {
    /// The input's column of texts.
    pub(super) source: String,
    /// How they are taken apart.
    pub(super) pattern: Pattern,
    /// The columns to fill, in the pattern's order.
    pub(super) outputs: Vec<(String, Type)>,
    /// Whether rows that do not match are dropped.
    pub(super) is_filter: bool,
}

impl Operator for Parse {
    fn name(&self) -> &'static str {
        "Parse"
    }

    fn columns(&self) -> Columns {
        let field = |(name, ty): &(String, Type)| Field::new(name, physical::data_type(*ty), true);
        let fields = self.outputs.iter().map(field).collect();
        Columns::Added { fields, reads: vec![self.source.clone()] }
    }

    fn spread(&self) -> Spread {
        Spread::EachPartition
    }

    fn keeps_order(&self) -> bool {
        true
    }

    fn start(self: Arc<Self>, run: Run) -> Result<Box<dyn Process>> {
        Ok(Box::new(Parsing { operator: self, run }))
    }
}

struct Parsing {
    operator: Arc<Parse>,
    run: Run,
}

impl Process for Parsing {
    fn push(&mut self, batch: RecordBatch) -> Result<Batches> {
        let operator = &self.operator;
        let texts = cells::texts(&batch, &operator.source)?;
        let mut made: Vec<Cells> = operator.outputs.iter().map(|(_, ty)| Cells::new(*ty)).collect();
        let mut found = Vec::with_capacity(made.len());
        let mut matched = Vec::with_capacity(if operator.is_filter { texts.len() } else { 0 });
        for row in 0..texts.len() {
            let text = if texts.is_null(row) { "" } else { texts.value(row) };
            let is_match = operator.pattern.matches(text, &mut found);
            for (at, made) in made.iter_mut().enumerate() {
                match found.get(at) {
                    Some(Some(value)) if is_match => made.value(value),
                    _ => made.null(),
                }
            }
            if operator.is_filter {
                matched.push(is_match);
            }
        }
        let mut columns = batch.columns().to_vec();
        columns.extend(made.iter_mut().map(Cells::finish));
        let mut batch = RecordBatch::try_new(Arc::clone(&self.run.output), columns)?;
        if operator.is_filter {
            batch = filter_record_batch(&batch, &BooleanArray::from(matched))?;
        }
        Ok(one_batch(batch))
    }
}
