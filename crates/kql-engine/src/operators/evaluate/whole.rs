//! Plugins as functions from all rows to rows.

use std::fmt;
use std::sync::Arc;

use arrow::array::{Array, RecordBatch};
use arrow::datatypes::Field;
use datafusion::common::Result;
use datafusion::execution::memory_pool::MemoryReservation;
use kql_functions::{KernelError, physical};
use kql_semantics::bound::Scalar;
use kql_semantics::{Type, Value};

use super::Call;
use crate::QueryError;
use crate::cells::{self, Cells, to_dynamic};
use crate::lower::Lowering;
use crate::node::{Batches, Columns, Operator, Process, Run, Spread, no_batches};
use crate::plan::Plan;

/// A row's values, in the order of the columns that are read or made.
pub(super) type Row = Vec<Value>;

/// What a plugin computes.
pub(super) type Compute = dyn Fn(Vec<Row>) -> Result<Vec<Row>, KernelError> + Send + Sync;

/// Lowers a plugin that is a function from the values of `reads` in all rows to its result rows.
pub(super) fn lower(
    lowering: &mut Lowering<'_>,
    call: &Call<'_>,
    name: &'static str,
    reads: &[&Scalar],
    compute: Box<Compute>,
) -> Result<Plan, QueryError> {
    let plan = call.input(lowering)?;
    let plan = lowering.prepared(plan, reads)?;
    let mut columns = Vec::with_capacity(reads.len());
    let mut named = Vec::with_capacity(reads.len());
    for scalar in reads {
        let column = lowering.fresh("x");
        columns.push((lowering.scalar(scalar)?, column.clone()));
        named.push((column, scalar.ty));
    }
    over(call, name, (plan.extend(columns)?, named), compute)
}

/// The same over a plan that has the values in these columns.
pub(super) fn over(
    call: &Call<'_>,
    name: &'static str,
    (plan, reads): (Plan, Vec<(String, Type)>),
    compute: Box<Compute>,
) -> Result<Plan, QueryError> {
    let operator = Whole { name, reads, makes: call.makes(), compute };
    // In their order where they have one, so that the answer is the same on any number of cores.
    let plan = plan.in_order(Arc::new(operator))?;
    Ok(Plan::unordered(plan.plan))
}

/// A function over all rows.
pub(super) struct Whole {
    name: &'static str,
    reads: Vec<(String, Type)>,
    makes: Vec<(String, Type)>,
    compute: Box<Compute>,
}

impl fmt::Debug for Whole {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

impl Operator for Whole {
    fn name(&self) -> &'static str {
        self.name
    }

    fn columns(&self) -> Columns {
        let field = |(name, ty): &(String, Type)| Field::new(name, physical::data_type(*ty), true);
        Columns::Made(self.makes.iter().map(field).collect())
    }

    fn spread(&self) -> Spread {
        Spread::Single
    }

    fn keeps_order(&self) -> bool {
        false
    }

    fn start(self: Arc<Self>, mut run: Run) -> Result<Box<dyn Process>> {
        let memory = run.memory.take();
        Ok(Box::new(Gathering { operator: self, run, rows: Vec::new(), memory }))
    }
}

struct Gathering {
    operator: Arc<Whole>,
    run: Run,
    rows: Vec<Row>,
    memory: MemoryReservation,
}

impl Process for Gathering {
    fn push(&mut self, batch: RecordBatch) -> Result<Batches> {
        let reads = &self.operator.reads;
        let columns: Vec<_> = reads
            .iter()
            .map(|(name, ty)| cells::column(&batch, name).map(|array| (array, *ty)))
            .collect::<Result<_>>()?;
        let texts: usize = columns.iter().map(|(array, _)| array.get_array_memory_size()).sum();
        let cells = batch.num_rows() * (reads.len() * size_of::<Value>() + size_of::<Row>());
        self.memory.try_grow(texts.saturating_add(cells))?;
        for row in 0..batch.num_rows() {
            let values = columns.iter().map(|(array, ty)| physical::value_at(array, row, *ty));
            self.rows.push(values.collect());
        }
        Ok(no_batches())
    }

    fn finish(&mut self) -> Result<Batches> {
        let rows = (self.operator.compute)(std::mem::take(&mut self.rows))?;
        let (operator, output) = (Arc::clone(&self.operator), Arc::clone(&self.run.output));
        let size = self.run.batch_size;
        let mut rows = rows.into_iter().peekable();
        Ok(Box::new(std::iter::from_fn(move || {
            rows.peek()?;
            let mut made: Vec<Cells> =
                operator.makes.iter().map(|(_, ty)| Cells::new(*ty)).collect();
            for row in rows.by_ref().take(size) {
                for (cells, value) in made.iter_mut().zip(&row) {
                    cells.value(value);
                }
            }
            let columns = made.iter_mut().map(Cells::finish).collect();
            Some(RecordBatch::try_new(Arc::clone(&output), columns).map(Some).map_err(Into::into))
        })))
    }
}

/// A value as a text by which values are told apart.
pub(super) fn key(value: &Value) -> String {
    to_dynamic(value).to_text()
}

/// Values as a text by which rows are told apart.
pub(super) fn keys(values: &[Value]) -> String {
    values.iter().map(key).collect::<Vec<_>>().join(",")
}
