//! `$widen`: a leg of a union of thousands of columns, of which it has a few.
//!
//! As a projection each leg would be as many expressions as the union has columns, and planning would take minutes.

use std::collections::HashMap;
use std::sync::Arc;

use arrow::array::{ArrayRef, RecordBatch, RecordBatchOptions, new_null_array};
use arrow::datatypes::Field;
use datafusion::common::{DataFusionError, Result, ScalarValue};
use kql_functions::physical;
use kql_semantics::Type;

use crate::node::{Batches, Columns, Operator, Process, Run, Spread, one_batch};

/// What a column of the union is in a leg.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Given {
    /// A column of the leg.
    Column(String),
    /// Nothing: null in all rows, "" for a `string`.
    Nothing(Type),
    /// Null in all rows, of the field's own type.
    Null,
    /// The leg's number.
    Number(i64),
}

/// Gives the union's columns, in order.
#[derive(Debug)]
pub(crate) struct Widen {
    /// The union's columns.
    pub(crate) fields: Vec<Field>,
    /// What each is here.
    pub(crate) given: Vec<Given>,
}

impl Operator for Widen {
    fn name(&self) -> &'static str {
        "Widen"
    }

    fn columns(&self) -> Columns {
        Columns::Made(self.fields.clone())
    }

    fn spread(&self) -> Spread {
        Spread::EachPartition
    }

    fn keeps_order(&self) -> bool {
        false
    }

    fn start(self: Arc<Self>, run: Run) -> Result<Box<dyn Process>> {
        Ok(Box::new(Widening { run, operator: self }))
    }
}

struct Widening {
    run: Run,
    operator: Arc<Widen>,
}

impl Process for Widening {
    fn push(&mut self, batch: RecordBatch) -> Result<Batches> {
        let rows = batch.num_rows();
        // Columns that are null share one array for each type.
        let mut nothing: HashMap<Type, ArrayRef> = HashMap::new();
        let mut columns = Vec::with_capacity(self.operator.given.len());
        for (given, field) in self.operator.given.iter().zip(&self.operator.fields) {
            columns.push(match given {
                Given::Column(name) => {
                    batch.column_by_name(name).map(Arc::clone).ok_or_else(|| {
                        DataFusionError::Internal(format!("a leg of a union lacks `{name}`"))
                    })?
                }
                Given::Nothing(ty) => {
                    Arc::clone(nothing.entry(*ty).or_insert_with(|| physical::nulls(*ty, rows)))
                }
                Given::Null => new_null_array(field.data_type(), rows),
                Given::Number(number) => ScalarValue::from(*number).to_array_of_size(rows)?,
            });
        }
        let options = RecordBatchOptions::new().with_row_count(Some(rows));
        let schema = Arc::clone(&self.run.output);
        Ok(one_batch(RecordBatch::try_new_with_options(schema, columns, &options)?))
    }
}
