//! The operator: columns filled from the keys and values in texts.

use std::collections::HashMap;
use std::sync::Arc;

use arrow::array::{Array, RecordBatch};
use arrow::datatypes::Field;
use datafusion::common::Result;
use kql_functions::physical;
use kql_semantics::Type;

use super::pairs::Form;
use crate::cells::{self, Cells};
use crate::node::{Batches, Columns, Operator, Process, Run, Spread, one_batch};

/// Finds the values of keys.
#[derive(Debug)]
pub(super) struct ParseKv {
    /// The input's column of texts.
    pub(super) source: String,
    /// How keys and values are told apart.
    pub(super) form: Form,
    /// Each key with its column.
    pub(super) keys: Vec<(String, String, Type)>,
}

impl Operator for ParseKv {
    fn name(&self) -> &'static str {
        "ParseKv"
    }

    fn columns(&self) -> Columns {
        let keys = self.keys.iter();
        let fields = keys.map(|(_, name, ty)| Field::new(name, physical::data_type(*ty), true));
        Columns::Added { fields: fields.collect(), reads: vec![self.source.clone()] }
    }

    fn spread(&self) -> Spread {
        Spread::EachPartition
    }

    fn keeps_order(&self) -> bool {
        true
    }

    fn start(self: Arc<Self>, run: Run) -> Result<Box<dyn Process>> {
        let keys = self.keys.iter().enumerate().map(|(at, (key, ..))| (key.clone(), at)).collect();
        Ok(Box::new(Parsing { operator: self, run, keys }))
    }
}

struct Parsing {
    operator: Arc<ParseKv>,
    run: Run,
    keys: HashMap<String, usize>,
}

impl Process for Parsing {
    fn push(&mut self, batch: RecordBatch) -> Result<Batches> {
        let texts = cells::texts(&batch, &self.operator.source)?;
        let keys = &self.operator.keys;
        let mut made: Vec<Cells> = keys.iter().map(|(_, _, ty)| Cells::new(*ty)).collect();
        let mut found: Vec<Option<String>> = vec![None; keys.len()];
        for row in 0..texts.len() {
            found.fill(None);
            if texts.is_valid(row) {
                self.operator.form.pairs(texts.value(row), &mut |key, value| {
                    let place = self.keys.get(key).and_then(|at| found.get_mut(*at));
                    // Of a key that comes twice the first value counts.
                    if let Some(place @ None) = place {
                        *place = Some(value.to_owned());
                    }
                });
            }
            for (made, found) in made.iter_mut().zip(&found) {
                match found {
                    Some(text) => {
                        made.text(text);
                    }
                    None => made.null(),
                }
            }
        }
        let mut columns = batch.columns().to_vec();
        columns.extend(made.iter_mut().map(Cells::finish));
        Ok(one_batch(RecordBatch::try_new(Arc::clone(&self.run.output), columns)?))
    }
}
