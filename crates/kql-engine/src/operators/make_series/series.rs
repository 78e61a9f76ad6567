//! The operator behind the summary: the bins of each group, put side by side in arrays.

use std::collections::HashMap;
use std::sync::Arc;

use arrow::array::{ArrayRef, AsArray, RecordBatch, UInt32Array};
use arrow::compute::take;
use arrow::datatypes::{DataType, Field, Int64Type};
use arrow::row::{OwnedRow, RowConverter, SortField};
use datafusion::common::{DataFusionError, Result};
use kql_functions::physical;
use kql_semantics::{Dynamic, Type};

use super::axis::{Axis, MOST_BINS};
use crate::cells::{self, Cells, to_dynamic};
use crate::node::{
    Batches, Columns, Operator, Process, Rows, Run, Spread, no_batches, value_error,
};

/// Puts bins side by side.
#[derive(Debug)]
pub(super) struct Series {
    /// Their axis.
    pub(super) axis: Axis,
    /// The columns that tell groups apart.
    pub(super) keys: Vec<Field>,
    /// The input's column of bins.
    pub(super) bin: String,
    /// The columns of the aggregates, each with its type, what stands in an empty bin, and the column of the arrays.
    pub(super) series: Vec<(String, Type, Dynamic, String)>,
    /// The column of the axis.
    pub(super) output: String,
    /// Whether there is a series even where there are no rows at all.
    pub(super) is_nonempty: bool,
}

impl Operator for Series {
    fn name(&self) -> &'static str {
        "Series"
    }

    fn columns(&self) -> Columns {
        let arrays = self.series.iter().map(|(_, _, _, name)| name).chain([&self.output]);
        let arrays = arrays.map(|name| Field::new(name, DataType::Utf8, true));
        Columns::Made(self.keys.iter().cloned().chain(arrays).collect())
    }

    fn spread(&self) -> Spread {
        Spread::Single
    }

    fn keeps_order(&self) -> bool {
        false
    }

    fn start(self: Arc<Self>, mut run: Run) -> Result<Box<dyn Process>> {
        let rows = Rows::new(Arc::clone(&run.input), run.memory.take());
        Ok(Box::new(Gathering { operator: self, run: Some(run), rows }))
    }
}

struct Gathering {
    operator: Arc<Series>,
    run: Option<Run>,
    rows: Rows,
}

impl Process for Gathering {
    fn push(&mut self, batch: RecordBatch) -> Result<Batches> {
        self.rows.keep(batch)?;
        Ok(no_batches())
    }

    fn finish(&mut self) -> Result<Batches> {
        let Some(run) = self.run.take() else { return Ok(no_batches()) };
        let (rows, memory) = self.rows.take()?;
        let mut groups = self.operator.groups(&rows)?;
        if groups.is_empty() && self.operator.is_nonempty && self.operator.keys.is_empty() {
            groups.push(Vec::new());
        }
        let operator = Arc::clone(&self.operator);
        let mut made = 0;
        // The rows' memory is held until the last group is given.
        Ok(Box::new(std::iter::from_fn(move || {
            let _held = &memory;
            let some = groups.get(made..)?.iter().take(64).cloned().collect::<Vec<_>>();
            made += some.len();
            (!some.is_empty()).then(|| operator.batch(&run, &rows, &some).map(Some))
        })))
    }
}

impl Series {
    /// The rows of each group, groups in the order of their first rows.
    fn groups(&self, rows: &RecordBatch) -> Result<Vec<Vec<u32>>> {
        let all = 0..u32::try_from(rows.num_rows())
            .map_err(|_| value_error("make-series has too many bins"))?;
        if self.keys.is_empty() {
            return Ok(if all.is_empty() { Vec::new() } else { vec![all.collect()] });
        }
        let keys: Vec<ArrayRef> = self
            .keys
            .iter()
            .map(|key| cells::column(rows, key.name()).cloned())
            .collect::<Result<_>>()?;
        let fields = self.keys.iter().map(|key| SortField::new(key.data_type().clone()));
        let keys = RowConverter::new(fields.collect())?.convert_columns(&keys)?;
        let mut places: HashMap<OwnedRow, usize> = HashMap::new();
        let mut groups: Vec<Vec<u32>> = Vec::new();
        for (row, key) in all.zip(keys.iter()) {
            let place = *places.entry(key.owned()).or_insert(groups.len());
            match groups.get_mut(place) {
                Some(group) => group.push(row),
                None => groups.push(vec![row]),
            }
        }
        Ok(groups)
    }

    /// One row a group.
    fn batch(&self, run: &Run, rows: &RecordBatch, groups: &[Vec<u32>]) -> Result<RecordBatch> {
        let bins = cells::column(rows, &self.bin)?
            .as_primitive_opt::<Int64Type>()
            .ok_or_else(|| DataFusionError::Internal(String::from("bins are no numbers")))?;
        let mut kept: Vec<u32> = Vec::with_capacity(groups.len());
        let mut arrays: Vec<Cells> =
            (0..=self.series.len()).map(|_| Cells::new(Type::Dynamic)).collect();
        for group in groups {
            let places: HashMap<i64, usize> =
                group.iter().map(|row| *row as usize).map(|row| (bins.value(row), row)).collect();
            let first = places.keys().min().copied().unwrap_or(0);
            let last = places.keys().max().copied().unwrap_or(-1);
            // An axis without bins gives no series.
            let Some(range) = self.axis.range(first, last) else { continue };
            if range.end.saturating_sub(range.start) > MOST_BINS {
                return Err(value_error(format!(
                    "a series of make-series would have more than {MOST_BINS} bins: narrow its range, or make its step wider"
                )));
            }
            kept.extend(group.first());
            self.put(rows, &places, range, &mut arrays)?;
        }
        let rows_kept = UInt32Array::from(kept);
        let mut columns = Vec::with_capacity(self.keys.len() + arrays.len());
        for key in &self.keys {
            columns.push(take(cells::column(rows, key.name())?, &rows_kept, None)?);
        }
        columns.extend(arrays.iter_mut().map(Cells::finish));
        Ok(RecordBatch::try_new(Arc::clone(&run.output), columns)?)
    }

    /// The arrays of one group.
    fn put(
        &self,
        rows: &RecordBatch,
        places: &HashMap<i64, usize>,
        range: std::ops::Range<i64>,
        arrays: &mut [Cells],
    ) -> Result<()> {
        for ((name, ty, default, _), made) in self.series.iter().zip(&mut *arrays) {
            let values = cells::column(rows, name)?;
            let elements = range.clone().map(|bin| match places.get(&bin) {
                Some(row) => to_dynamic(&physical::value_at(values, *row, *ty)),
                None => default.clone(),
            });
            made.value(&array(elements.collect()));
        }
        if let Some(made) = arrays.last_mut() {
            made.value(&array(range.map(|bin| self.axis.value(bin)).collect()));
        }
        Ok(())
    }
}

fn array(elements: Vec<Dynamic>) -> kql_semantics::Value {
    kql_semantics::Value::Dynamic(Arc::new(Dynamic::Array(elements)))
}
