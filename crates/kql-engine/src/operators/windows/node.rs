//! `$windows`: columns computed from a row's place among the others. What `row_number`, `prev` and their kin stand on.

use std::sync::Arc;

use arrow::array::{Array, ArrayRef, BooleanArray, Datum, RecordBatch, new_empty_array};
use arrow::compute::kernels::cmp::distinct;
use arrow::compute::kernels::zip::zip;
use arrow::compute::{concat, or_kleene};
use arrow::datatypes::Field;
use datafusion::common::{Result, ScalarValue};
use kql_functions::physical;
use kql_semantics::Type;

use super::running::{Running, State};
use crate::cells;
use crate::node::{Batches, Columns, Operator, Process, Run, Spread, no_batches, one_batch};

/// Computes window functions over all rows, in their order.
#[derive(Debug)]
pub(crate) struct Windows {
    /// The functions, each with its own column.
    pub(crate) functions: Vec<WindowFunction>,
    /// Rows that differ in this column are apart: they do not see one another. They come one group behind the other.
    pub(crate) key: Option<String>,
}

/// A function and its column.
#[derive(Debug)]
pub(crate) struct WindowFunction {
    /// What is computed.
    pub(crate) kind: WindowKind,
    /// The input's column that it is over.
    pub(crate) term: Option<String>,
    /// Its own column.
    pub(crate) output: String,
    /// The type of its values.
    pub(crate) ty: Type,
}

/// What is computed.
#[derive(Clone, Debug)]
pub(crate) enum WindowKind {
    /// From the rows before; begins anew where the named column is true.
    Running(Running, Option<String>),
    /// The term so many rows before (after, where negative), and what stands where there is no such row.
    Shift(isize, ScalarValue),
}

impl Operator for Windows {
    fn name(&self) -> &'static str {
        "Windows"
    }

    fn columns(&self) -> Columns {
        let mut reads = Vec::new();
        let mut fields = Vec::new();
        for function in &self.functions {
            fields.push(Field::new(&function.output, physical::data_type(function.ty), true));
            reads.extend(function.term.clone());
            if let WindowKind::Running(_, restart) = &function.kind {
                reads.extend(restart.clone());
            }
        }
        reads.extend(self.key.clone());
        Columns::Added { fields, reads }
    }

    fn spread(&self) -> Spread {
        Spread::Single
    }

    fn keeps_order(&self) -> bool {
        true
    }

    fn start(self: Arc<Self>, run: Run) -> Result<Box<dyn Process>> {
        let states = self.functions.iter().map(|function| match &function.kind {
            WindowKind::Running(running, _) => Some(State::new(running.clone(), function.ty)),
            WindowKind::Shift(..) => None,
        });
        let shifts = self.functions.iter().filter_map(|function| match function.kind {
            WindowKind::Shift(by, _) => Some(by),
            WindowKind::Running(..) => None,
        });
        let back = shifts.clone().max().unwrap_or(0).max(0).unsigned_abs();
        let ahead = shifts.min().unwrap_or(0).min(0).unsigned_abs();
        let states = states.collect();
        let (held, last_key) = (None, None);
        Ok(Box::new(Sliding { operator: self, run, states, back, ahead, held, last_key, given: 0 }))
    }
}

/// Rows pass through; as many are held as functions look back and ahead.
struct Sliding {
    operator: Arc<Windows>,
    run: Run,
    states: Vec<Option<State>>,
    back: usize,
    ahead: usize,
    /// Rows given already that are looked back at, then those that wait for the ones they look ahead at;
    /// with the running functions' columns behind.
    held: Option<(RecordBatch, Vec<Option<ArrayRef>>)>,
    /// The key of the last row.
    last_key: Option<ArrayRef>,
    /// How many of the held rows were given.
    given: usize,
}

impl Process for Sliding {
    fn push(&mut self, batch: RecordBatch) -> Result<Batches> {
        let made = self.running(&batch)?;
        let (rows, made) = match self.held.take() {
            Some((held, held_made)) => {
                let rows = arrow::compute::concat_batches(&self.run.input, [&held, &batch])?;
                let made =
                    held_made.into_iter().zip(made).map(|(before, now)| match (before, now) {
                        (Some(before), Some(now)) => concat(&[&before, &now]).map(Some),
                        _ => Ok(None),
                    });
                (rows, made.collect::<Result<Vec<_>, _>>()?)
            }
            None => (batch, made),
        };
        let until = rows.num_rows().saturating_sub(self.ahead).max(self.given);
        let answer = self.answer(&rows, &made, until)?;
        let first = until.saturating_sub(self.back);
        let length = rows.num_rows() - first;
        let made = made.into_iter().map(|array| array.map(|array| array.slice(first, length)));
        self.given = until - first;
        let held = rows.slice(first, length);
        self.held = Some((held, made.collect()));
        if answer.num_rows() == 0 { Ok(no_batches()) } else { Ok(one_batch(answer)) }
    }

    fn finish(&mut self) -> Result<Batches> {
        let Some((rows, made)) = self.held.take() else { return Ok(no_batches()) };
        let answer = self.answer(&rows, &made, rows.num_rows())?;
        Ok(one_batch(answer))
    }
}

impl Sliding {
    /// The running functions' columns over new rows.
    fn running(&mut self, batch: &RecordBatch) -> Result<Vec<Option<ArrayRef>>> {
        let begins = self.begins(batch)?;
        let mut made = Vec::with_capacity(self.states.len());
        for (function, state) in self.operator.functions.iter().zip(&mut self.states) {
            let (Some(state), WindowKind::Running(_, restart)) = (state, &function.kind) else {
                made.push(None);
                continue;
            };
            let term =
                function.term.as_deref().map(|name| cells::column(batch, name)).transpose()?;
            let restart = restart.as_deref().map(|name| cells::flags(batch, name)).transpose()?;
            let restart = match (restart, &begins) {
                (Some(restart), Some(begins)) => Some(or_kleene(restart, begins)?),
                (restart, begins) => restart.or(begins.as_ref()).cloned(),
            };
            made.push(Some(state.next(term, restart.as_ref(), batch.num_rows())?));
        }
        Ok(made)
    }

    /// Whether each of the new rows is the first of its key.
    fn begins(&mut self, batch: &RecordBatch) -> Result<Option<BooleanArray>> {
        let Some(key) = &self.operator.key else { return Ok(None) };
        let key = cells::column(batch, key)?;
        if key.is_empty() {
            return Ok(None);
        }
        let before = match &self.last_key {
            Some(last) => concat(&[last, &key.slice(0, key.len() - 1)])?,
            // The first row of all begins anew anyway.
            None => concat(&[&key.slice(0, 1), &key.slice(0, key.len() - 1)])?,
        };
        self.last_key = Some(key.slice(key.len() - 1, 1));
        Ok(Some(distinct(key, &before)?))
    }

    /// Values of other keys' rows become the default.
    fn within_key(
        &self,
        rows: &RecordBatch,
        by: isize,
        shifted: ArrayRef,
        default: &ScalarValue,
    ) -> Result<ArrayRef> {
        let Some(key) = &self.operator.key else { return Ok(shifted) };
        let key = cells::column(rows, key)?;
        let range = self.given..self.given + shifted.len();
        let null = ScalarValue::try_from(key.data_type())?;
        let other = self::shifted(key, by, &null, range.clone())?;
        let is_other = distinct(&key.slice(range.start, range.len()), &other)?;
        let default = default.to_scalar()?;
        Ok(zip(&is_other, &default, &shifted as &dyn Datum)?)
    }

    /// The held rows that were not given yet, up to `until`, with all columns.
    fn answer(
        &self,
        rows: &RecordBatch,
        made: &[Option<ArrayRef>],
        until: usize,
    ) -> Result<RecordBatch> {
        let length = until - self.given;
        let mut columns = rows.slice(self.given, length).columns().to_vec();
        for (function, made) in self.operator.functions.iter().zip(made) {
            columns.push(match (&function.kind, made) {
                (WindowKind::Shift(by, default), _) => {
                    let name = function.term.as_deref().unwrap_or("");
                    let values =
                        shifted(cells::column(rows, name)?, *by, default, self.given..until)?;
                    self.within_key(rows, *by, values, default)?
                }
                (WindowKind::Running(..), Some(made)) => made.slice(self.given, length),
                (WindowKind::Running(..), None) => {
                    new_empty_array(&physical::data_type(function.ty))
                }
            });
        }
        Ok(RecordBatch::try_new(Arc::clone(&self.run.output), columns)?)
    }
}

/// The values `by` rows before those of a range; `default` where there are none.
fn shifted(
    array: &ArrayRef,
    by: isize,
    default: &ScalarValue,
    range: std::ops::Range<usize>,
) -> Result<ArrayRef> {
    let (length, distance) = (range.len(), by.unsigned_abs());
    let (before, from, to, behind) = if by >= 0 {
        let missing = distance.saturating_sub(range.start).min(length);
        let from = range.start.saturating_sub(distance);
        (missing, from, from + (length - missing), 0)
    } else {
        let from = (range.start + distance).min(array.len());
        let to = (range.end + distance).min(array.len());
        (0, from, to, length - (to - from))
    };
    let middle = array.slice(from, to - from);
    if before == 0 && behind == 0 {
        return Ok(middle);
    }
    let parts = [default.to_array_of_size(before)?, middle, default.to_array_of_size(behind)?];
    Ok(concat(&parts.each_ref().map(|part| &**part))?)
}
