//! `$expand`: rows multiplied by the elements of their arrays and bags. What `mv-expand` and `mv-apply` stand on.

use std::fmt::Write as _;
use std::ops::Range;
use std::sync::Arc;

use arrow::array::{Array, ArrayRef, AsArray, BooleanArray, Int64Array, RecordBatch, UInt32Array};
use arrow::compute::take;
use arrow::datatypes::{DataType, Field};
use datafusion::common::Result;
use kql_functions::physical;
use kql_semantics::Type;

use super::elements::{Elements, elements};
use crate::cells::{self, Cells};
use crate::node::{Batches, Columns, Operator, Process, Run, Spread};

/// How much text is repeated at once.
const MOST_BYTES: usize = 64 << 20;

/// How many elements of one row are taken at once: its text is taken apart anew for the next ones.
const MOST_ROWS: usize = 1 << 20;

/// Expands dynamic columns side by side, each into a new column; the shorter ones are padded with null.
#[derive(Debug)]
pub(crate) struct Expand {
    /// Columns of the input that hold dynamics, and what is made of each.
    pub(crate) expansions: Vec<Expanded>,
    /// `[key, value]` rather than `{key: value}`.
    pub(crate) bags_as_arrays: bool,
    /// The column of the positions, from 0.
    pub(crate) item_index: Option<String>,
    /// So many rows a row at most.
    pub(crate) limit: usize,
    /// A column of the input that marks ghosts (see `Apart`): such a row gives one row.
    pub(crate) ghost: Option<String>,
    /// A column that marks the ghosts made here: one behind the rows of each input row that has any.
    pub(crate) makes_ghosts: Option<String>,
}

impl Expand {
    /// Expands nothing, and makes a ghost behind each row.
    pub(crate) fn into_ghosts(mark: String) -> Self {
        Self {
            expansions: Vec::new(),
            bags_as_arrays: false,
            item_index: None,
            limit: 1,
            ghost: None,
            makes_ghosts: Some(mark),
        }
    }
}

/// One expanded column.
#[derive(Debug)]
pub(crate) struct Expanded {
    /// The input's column.
    pub(crate) source: String,
    /// The column of the elements.
    pub(crate) output: String,
    /// The type that they are read as.
    pub(crate) ty: Type,
}

impl Operator for Expand {
    fn name(&self) -> &'static str {
        "Expand"
    }

    fn columns(&self) -> Columns {
        let made = self
            .expansions
            .iter()
            .map(|expanded| Field::new(&expanded.output, physical::data_type(expanded.ty), true));
        let index = self.item_index.iter().map(|name| Field::new(name, DataType::Int64, true));
        let ghost = self.makes_ghosts.iter();
        let ghost = ghost.map(|name| Field::new(name, DataType::Boolean, true));
        let sources = self.expansions.iter().map(|expanded| expanded.source.clone());
        Columns::Added {
            fields: made.chain(index).chain(ghost).collect(),
            reads: sources.chain(self.ghost.clone()).collect(),
        }
    }

    /// A column of arrays would be repeated for each of its elements.
    fn drops(&self) -> Vec<String> {
        self.expansions.iter().map(|expanded| expanded.source.clone()).collect()
    }

    fn spread(&self) -> Spread {
        Spread::EachPartition
    }

    fn keeps_order(&self) -> bool {
        true
    }

    fn start(self: Arc<Self>, run: Run) -> Result<Box<dyn Process>> {
        Ok(Box::new(Expanding { operator: self, run: Arc::new(run) }))
    }
}

struct Expanding {
    operator: Arc<Expand>,
    run: Arc<Run>,
}

impl Process for Expanding {
    fn push(&mut self, batch: RecordBatch) -> Result<Batches> {
        let rows = RowsOf {
            operator: Arc::clone(&self.operator),
            run: Arc::clone(&self.run),
            batch,
            row: 0,
            from: 0,
            made: None,
        };
        Ok(Box::new(rows))
    }
}

/// The expanded rows of a batch, a batch at a time.
struct RowsOf {
    operator: Arc<Expand>,
    run: Arc<Run>,
    batch: RecordBatch,
    /// The next row, and how many of its elements were given.
    row: usize,
    from: usize,
    /// Rows that were made, and how many of them were given.
    made: Option<(RecordBatch, usize)>,
}

impl Iterator for RowsOf {
    type Item = Result<Option<RecordBatch>>;

    fn next(&mut self) -> Option<Self::Item> {
        let (made, given) = match self.made.take() {
            Some(made) => made,
            None if self.row >= self.batch.num_rows() => return None,
            None => match self.some_rows() {
                Ok(made) => (made, 0),
                Err(error) => return Some(Err(error)),
            },
        };
        let length = (made.num_rows() - given).min(self.run.batch_size.max(1));
        let some = made.slice(given, length);
        if given + length < made.num_rows() {
            self.made = Some((made, given + length));
        }
        Some(Ok(Some(some)))
    }
}

impl RowsOf {
    fn some_rows(&mut self) -> Result<RecordBatch> {
        let operator = Arc::clone(&self.operator);
        let batch = self.batch.clone();
        let sources: Vec<_> = operator
            .expansions
            .iter()
            .map(|expanded| cells::texts(&batch, &expanded.source))
            .collect::<Result<_>>()?;
        let drops = operator.drops();
        let fields = self.run.input.fields().iter().zip(batch.columns());
        let passed: Vec<&ArrayRef> = fields
            .filter(|(field, _)| !drops.contains(field.name()))
            .map(|(_, column)| column)
            .collect();
        let mut made: Vec<Cells> =
            operator.expansions.iter().map(|expanded| Cells::new(expanded.ty)).collect();
        let mut rows: Vec<u32> = Vec::with_capacity(self.run.batch_size);
        let mut index: Vec<i64> = Vec::new();
        let mut ghosts: Vec<bool> = Vec::new();
        let marks = operator.ghost.as_deref().map(|name| cells::flags(&batch, name)).transpose()?;
        let mut bytes = 0;
        while self.row < batch.num_rows() && rows.len() < self.run.batch_size && bytes < MOST_BYTES
        {
            let row = self.row;
            let is_ghost = marks.is_some_and(|marks| marks.is_valid(row) && marks.value(row));
            let parts: Vec<Elements<'_>> = sources
                .iter()
                .map(|array| match is_ghost || array.is_null(row) {
                    true => Elements::Scalar("null"),
                    false => elements(array.value(row)),
                })
                .collect();
            let length = parts.iter().map(length).max().unwrap_or(1).min(operator.limit);
            let width = width(&passed, row);
            let room = (MOST_BYTES - bytes) / width.max(1);
            let range = self.next_range(length, room.min(MOST_ROWS));
            bytes += range.len() * width;
            if operator.makes_ghosts.is_some() {
                ghosts.extend(range.clone().map(|at| at == length));
            }
            for (parts, made) in parts.iter().zip(&mut made) {
                put(parts, range.clone(), operator.bags_as_arrays, made);
            }
            // A batch has far fewer rows than that.
            rows.extend(range.clone().map(|_| u32::try_from(row).unwrap_or(u32::MAX)));
            if operator.item_index.is_some() {
                index.extend(range.map(|at| i64::try_from(at).unwrap_or(i64::MAX)));
            }
        }
        let rows = UInt32Array::from(rows);
        let taken = passed.iter().map(|column| take(column, &rows, None));
        let mut columns = taken.collect::<Result<Vec<ArrayRef>, _>>()?;
        columns.extend(made.iter_mut().map(Cells::finish));
        if operator.item_index.is_some() {
            columns.push(Arc::new(Int64Array::from(index)));
        }
        if operator.makes_ghosts.is_some() {
            columns.push(Arc::new(BooleanArray::from(ghosts)));
        }
        Ok(RecordBatch::try_new(Arc::clone(&self.run.output), columns)?)
    }

    /// Which of the row's `length` elements come next, where there is room for some; moves past them.
    fn next_range(&mut self, length: usize, room: usize) -> Range<usize> {
        let has_ghost = self.operator.makes_ghosts.is_some() && length > 0;
        let length = length + usize::from(has_ghost);
        let range = self.from..length.min(self.from.saturating_add(room.max(1)));
        if range.end == length {
            (self.row, self.from) = (self.row + 1, 0);
        } else {
            self.from = range.end;
        }
        range
    }
}

/// How many bytes of text a row has in columns that are repeated.
fn width(columns: &[&ArrayRef], row: usize) -> usize {
    let texts = columns.iter().filter_map(|column| column.as_string_opt::<i32>());
    texts.map(|texts| usize::try_from(texts.value_length(row)).unwrap_or(0)).sum()
}

fn length(parts: &Elements<'_>) -> usize {
    match parts {
        Elements::Array(values) => values.len(),
        Elements::Bag(entries) => entries.len(),
        Elements::Scalar(_) => 1,
    }
}

/// Puts some elements into a column; null where there are no more.
fn put(parts: &Elements<'_>, range: Range<usize>, bags_as_arrays: bool, made: &mut Cells) {
    let mut text = String::new();
    for at in range {
        match parts {
            Elements::Array(values) => made.element(values.get(at).copied()),
            Elements::Scalar(value) => made.element((at == 0).then_some(*value)),
            Elements::Bag(entries) => match entries.get(at) {
                Some((key, value)) => {
                    text.clear();
                    // Writing to a string can not fail.
                    let _ = match bags_as_arrays {
                        true => write!(text, "[{key},{value}]"),
                        false => write!(text, "{{{key}:{value}}}"),
                    };
                    made.element(Some(&text));
                }
                None => made.element(None),
            },
        }
    }
}
