//! Rows beside the rows of a small table that a plugin finds for them.

use std::fmt;
use std::sync::Arc;

use arrow::array::{Array, ArrayRef, RecordBatch, UInt32Array};
use arrow::compute::take;
use arrow::datatypes::Field;
use datafusion::common::Result;
use kql_functions::physical;
use kql_semantics::Type;
use kql_semantics::bound::{PluginArgument, Rowset, Scalar, ScalarKind};

use super::Call;
use crate::QueryError;
use crate::cells::{self, Cells};
use crate::diagnostics::{not_supported, refused};
use crate::node::{Batches, Columns, Operator, Process, Run, Spread, one_batch};
use crate::plan::column_name;

/// Finds for each row of a batch the rows of the table.
pub(super) type Find = dyn Fn(&RecordBatch) -> Result<Vec<Vec<u32>>> + Send;

/// Makes ready what is needed of the table.
pub(super) type Index = dyn Fn(&RecordBatch) -> Result<Box<Find>> + Send + Sync;

/// The table that a plugin looks up in.
pub(super) fn table_of<'a>(call: &Call<'a>) -> Result<&'a Rowset, QueryError> {
    let tables = call.evaluate.arguments.iter().find_map(|argument| match argument {
        PluginArgument::Table(table) => Some(table),
        _ => None,
    });
    let what = format!("`{}` without a table", call.evaluate.plugin);
    tables.ok_or_else(|| refused(not_supported(&what, call.evaluate.span)))
}

/// The table's column that an argument names.
pub(super) fn key_column(scalar: &Scalar) -> Result<String, QueryError> {
    match scalar.kind {
        ScalarKind::Column(id) => Ok(column_name(id)),
        _ => Err(refused(not_supported("a key that is no column", scalar.span))),
    }
}

/// Looks rows up in a table, which is read whole.
pub(super) struct TableLookup {
    pub(super) name: &'static str,
    /// Columns of the rows that are read.
    pub(super) reads: Vec<String>,
    /// The table's columns.
    pub(super) table: Vec<(String, Type)>,
    /// Whether rows without one are kept.
    pub(super) returns_unmatched: bool,
    pub(super) index: Box<Index>,
}

impl fmt::Debug for TableLookup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

impl Operator for TableLookup {
    fn name(&self) -> &'static str {
        self.name
    }

    fn columns(&self) -> Columns {
        let field = |(name, ty): &(String, Type)| Field::new(name, physical::data_type(*ty), true);
        Columns::Added { fields: self.table.iter().map(field).collect(), reads: self.reads.clone() }
    }

    fn spread(&self) -> Spread {
        // The table is read once.
        Spread::Single
    }

    fn keeps_order(&self) -> bool {
        true
    }

    fn start(self: Arc<Self>, mut run: Run) -> Result<Box<dyn Process>> {
        let table = match run.others.pop() {
            Some(table) => table,
            None => RecordBatch::new_empty(Arc::clone(&run.input)),
        };
        run.memory.try_grow(table.get_array_memory_size() + table.num_rows() * 64)?;
        let find = (self.index)(&table)?;
        Ok(Box::new(Lookup { operator: self, run, table, find }))
    }
}

struct Lookup {
    operator: Arc<TableLookup>,
    run: Run,
    table: RecordBatch,
    find: Box<Find>,
}

impl Process for Lookup {
    fn push(&mut self, batch: RecordBatch) -> Result<Batches> {
        let operator = &self.operator;
        let mut left: Vec<u32> = Vec::with_capacity(batch.num_rows());
        let mut right: Vec<Option<u32>> = Vec::with_capacity(batch.num_rows());
        for (row, found) in (0_u32..).zip((self.find)(&batch)?) {
            if found.is_empty() && operator.returns_unmatched {
                left.push(row);
                right.push(None);
            }
            left.extend(found.iter().map(|_| row));
            right.extend(found.into_iter().map(Some));
        }
        let left = UInt32Array::from(left);
        let passed = batch.columns().iter().map(|column| take(column, &left, None));
        let mut columns = passed.collect::<Result<Vec<ArrayRef>, _>>()?;
        let right = UInt32Array::from(right);
        for (name, ty) in &operator.table {
            columns.push(filled(&take(cells::column(&self.table, name)?, &right, None)?, *ty));
        }
        Ok(one_batch(RecordBatch::try_new(Arc::clone(&self.run.output), columns)?))
    }
}

/// A string that is missing is empty.
fn filled(array: &ArrayRef, ty: Type) -> ArrayRef {
    if ty != Type::String || array.null_count() == 0 {
        return Arc::clone(array);
    }
    let mut cells = Cells::new(ty);
    for row in 0..array.len() {
        cells.value(&physical::value_at(array, row, ty));
    }
    cells.finish()
}
