//! Operators of ours in DataFusion's plans: one logical node, one physical node, and what an operator must tell of itself.
//!
//! An operator is a plain value that implements [`Operator`]. It says what it needs of its input's rows (all of them in one
//! stream, or each partition apart), what it makes of the columns, and how its rows are processed.

mod logical;
mod physical;
mod process;

use std::fmt::Debug;
use std::sync::Arc;

use arrow::array::RecordBatch;
use arrow::datatypes::{Field, SchemaRef};
use datafusion::common::{DataFusionError, Result};
use datafusion::execution::memory_pool::MemoryReservation;
use datafusion::logical_expr::{Extension, LogicalPlan};

use crate::plan::OrderKey;

pub(crate) use logical::OperatorNode;
pub(crate) use physical::OperatorPlanner;
pub(crate) use process::{Batches, Process, Rows, no_batches, one_batch};

/// What an operator of ours is.
pub(crate) trait Operator: Debug + Send + Sync + 'static {
    /// What plans call it.
    fn name(&self) -> &'static str;

    /// What it makes of its first input's columns.
    fn columns(&self) -> Columns;

    /// Columns of the first input that are read and not passed on, where all others are.
    fn drops(&self) -> Vec<String> {
        Vec::new()
    }

    /// How its first input must come. Further inputs are read whole before the first row of that one.
    fn spread(&self) -> Spread;

    /// Whether its rows come in the order of its first input's.
    fn keeps_order(&self) -> bool;

    /// Begins with the rows of one partition of the first input.
    fn start(self: Arc<Self>, run: Run) -> Result<Box<dyn Process>>;
}

/// What an operator makes of its first input's columns.
#[derive(Clone, Debug)]
pub(crate) enum Columns {
    /// All of them, and new ones behind; a row's own stay as they are in all rows that are made of it.
    Added {
        /// The new columns.
        fields: Vec<Field>,
        /// Names of the input's columns that are read.
        reads: Vec<String>,
    },
    /// Only these; all of the input's columns are read.
    Made(Vec<Field>),
}

/// Which rows of the input one run must see.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Spread {
    /// Any: each row stands for itself.
    EachPartition,
    /// All.
    Single,
}

/// The circumstances of a run over one partition.
pub(crate) struct Run {
    /// Which partition of the first input it is.
    pub(crate) partition: usize,
    /// The schema of the first input's batches.
    pub(crate) input: SchemaRef,
    /// The schema of the batches that are made.
    pub(crate) output: SchemaRef,
    /// The rows of the further inputs.
    pub(crate) others: Vec<RecordBatch>,
    /// How many rows a batch should have.
    pub(crate) batch_size: usize,
    /// The memory that it holds between batches is taken from here.
    pub(crate) memory: MemoryReservation,
}

/// An operator over inputs, as a plan. The first input's rows come in `order`, where the operator sees all of them.
pub(crate) fn plan(
    operator: Arc<dyn Operator>,
    order: Vec<OrderKey>,
    inputs: Vec<LogicalPlan>,
) -> Result<LogicalPlan> {
    let node = Arc::new(OperatorNode::try_new(operator, order, inputs)?);
    Ok(LogicalPlan::Extension(Extension { node }))
}

/// A value that an operator can not work with, or growth past a limit: the user reads this.
pub(crate) fn value_error(message: impl Into<String>) -> DataFusionError {
    kql_functions::KernelError::new(message).into()
}

#[cfg(test)]
mod tests;
