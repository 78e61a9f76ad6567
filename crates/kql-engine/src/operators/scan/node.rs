//! The operator: records shown to the steps one by one, in order.

use std::collections::HashMap;
use std::sync::Arc;

use arrow::array::{Array, ArrayRef, RecordBatch};
use arrow::compute::{concat_batches, interleave_record_batch};
use arrow::datatypes::{DataType, Field, SchemaRef};
use arrow::row::{OwnedRow, RowConverter, SortField};
use datafusion::common::{DataFusionError, Result, ScalarValue};
use datafusion::physical_expr::PhysicalExpr;
use kql_functions::physical;
use kql_semantics::bound::ScanOutput;
use kql_semantics::{Type, Value};

use super::machine::{Machine, State, Steps};
use crate::cells::{self, Cells};
use crate::node::{Batches, Columns, Operator, Process, Run, Spread, no_batches, one_batch};

/// `scan`, ready to run.
#[derive(Debug)]
pub(super) struct Scan {
    /// Columns of the input that partition it.
    pub(super) partition_by: Vec<String>,
    /// The declared columns: name, type, first value.
    pub(super) declared: Vec<(String, Type, Value)>,
    /// The column of the sequences' numbers.
    pub(super) match_id: Option<String>,
    pub(super) steps: Vec<Step>,
    /// What expressions are computed over: one row of these columns.
    pub(super) schema: SchemaRef,
    /// Where each of those columns comes from.
    pub(super) sources: Vec<Source>,
    /// The input's columns that states remember.
    pub(super) remembered: Vec<String>,
}

/// Where the value of a column of expressions comes from.
#[derive(Clone, Debug)]
pub(super) enum Source {
    /// A column of the record at hand.
    Record(String),
    /// The first value of a declared column.
    Declared(usize),
    /// What a step's last record had: a place among the remembered columns and the declared ones behind them.
    State(usize, usize),
}

/// One step.
#[derive(Debug)]
pub(super) struct Step {
    pub(super) is_optional: bool,
    pub(super) output: ScanOutput,
    pub(super) condition: Condition,
    /// Declared columns by their places, and what they become.
    pub(super) assignments: Vec<(usize, Arc<dyn PhysicalExpr>)>,
}

/// What a record must satisfy.
#[derive(Debug)]
pub(super) enum Condition {
    /// A column of flags in the input: it asks for no state.
    Column(String),
    /// An expression over records and states.
    Expression(Arc<dyn PhysicalExpr>),
}

impl Operator for Scan {
    fn name(&self) -> &'static str {
        "Scan"
    }

    fn columns(&self) -> Columns {
        let declared = self.declared.iter();
        let declared =
            declared.map(|(name, ty, _)| Field::new(name, physical::data_type(*ty), true));
        let match_id = self.match_id.iter().map(|name| Field::new(name, DataType::Int64, true));
        let mut reads = self.remembered.clone();
        reads.extend(self.partition_by.iter().cloned());
        reads.extend(self.sources.iter().filter_map(|source| match source {
            Source::Record(name) => Some(name.clone()),
            Source::Declared(_) | Source::State(..) => None,
        }));
        reads.extend(self.steps.iter().filter_map(|step| match &step.condition {
            Condition::Column(name) => Some(name.clone()),
            Condition::Expression(_) => None,
        }));
        Columns::Added { fields: declared.chain(match_id).collect(), reads }
    }

    fn spread(&self) -> Spread {
        Spread::Single
    }

    fn keeps_order(&self) -> bool {
        true
    }

    fn start(self: Arc<Self>, run: Run) -> Result<Box<dyn Process>> {
        let fields = self
            .partition_by
            .iter()
            .map(|name| Ok(SortField::new(run.input.field_with_name(name)?.data_type().clone())));
        let converter = RowConverter::new(fields.collect::<Result<_>>()?)?;
        let machines = HashMap::new();
        Ok(Box::new(Scanning { operator: self, run, converter, machines, next_id: 0 }))
    }
}

/// What a record had: the remembered columns, then the declared ones.
type Values = Arc<Vec<ScalarValue>>;

/// A record given only once its sequence has left the step.
type Last = Option<RecordBatch>;

struct Scanning {
    operator: Arc<Scan>,
    run: Run,
    converter: RowConverter,
    machines: HashMap<Option<OwnedRow>, (Machine<Values>, Vec<Last>)>,
    next_id: i64,
}

impl Process for Scanning {
    fn push(&mut self, batch: RecordBatch) -> Result<Batches> {
        let operator = Arc::clone(&self.operator);
        let partitions: Option<arrow::row::Rows> = match operator.partition_by.as_slice() {
            [] => None,
            names => {
                let columns: Vec<ArrayRef> = names
                    .iter()
                    .map(|name| cells::column(&batch, name).cloned())
                    .collect::<Result<_>>()?;
                Some(self.converter.convert_columns(&columns)?)
            }
        };
        let mut made = Made::new(&operator, &self.run, &batch);
        for row in 0..batch.num_rows() {
            let partition = partitions.as_ref().map(|rows| rows.row(row).owned());
            if !self.machines.contains_key(&partition) {
                // A state is small; its key and values are what takes room.
                self.run.memory.try_grow(256 * operator.steps.len())?;
            }
            let (machine, lasts) = self.machines.entry(partition).or_insert_with(|| {
                (Machine::new(operator.steps.len()), vec![None; operator.steps.len()])
            });
            let mut record = Record { operator: &operator, batch: &batch, row };
            for taken in machine.show(&mut record, &mut self.next_id)? {
                if let Some(left) = taken.left {
                    made.held(lasts.get_mut(left).and_then(Option::take));
                }
                if taken.forgot {
                    made.held(lasts.get_mut(taken.step).and_then(Option::take));
                }
                match operator.steps.get(taken.step).map(|step| step.output) {
                    Some(ScanOutput::All) => made.row(row, &taken.values, taken.match_id),
                    Some(ScanOutput::Last) => {
                        let alone = made.alone(row, &taken.values, taken.match_id)?;
                        if let Some(last) = lasts.get_mut(taken.step) {
                            *last = Some(alone);
                        }
                    }
                    Some(ScanOutput::None) | None => {}
                }
            }
        }
        made.finish().map(one_batch)
    }

    fn finish(&mut self) -> Result<Batches> {
        let lasts = std::mem::take(&mut self.machines).into_values();
        let lasts: Vec<RecordBatch> = lasts.flat_map(|(_, lasts)| lasts).flatten().collect();
        if lasts.is_empty() {
            return Ok(no_batches());
        }
        Ok(one_batch(concat_batches(&self.run.output, &lasts)?))
    }
}

/// The record at hand, for the machine.
struct Record<'a> {
    operator: &'a Scan,
    batch: &'a RecordBatch,
    row: usize,
}

impl Record<'_> {
    fn value(
        &self,
        expression: &Arc<dyn PhysicalExpr>,
        state: &State<Values>,
    ) -> Result<ScalarValue> {
        let fields = self.operator.schema.fields().iter();
        let mut columns = Vec::with_capacity(self.operator.sources.len());
        for (source, field) in self.operator.sources.iter().zip(fields) {
            columns.push(match source {
                Source::Record(name) => cells::column(self.batch, name)?.slice(self.row, 1),
                Source::Declared(at) => self.first_value(*at)?.to_array_of_size(1)?,
                Source::State(step, at) => {
                    let record = state.records.get(*step).and_then(Option::as_ref);
                    match record.and_then(|values| values.get(*at)) {
                        Some(value) => value.to_array_of_size(1)?,
                        None => self.nothing(*at, field)?.to_array_of_size(1)?,
                    }
                }
            });
        }
        let options = arrow::array::RecordBatchOptions::new().with_row_count(Some(1));
        let row = RecordBatch::try_new_with_options(
            Arc::clone(&self.operator.schema),
            columns,
            &options,
        )?;
        let array = expression.evaluate(&row)?.into_array(1)?;
        ScalarValue::try_from_array(&array, 0)
    }

    fn first_value(&self, declared: usize) -> Result<ScalarValue> {
        let declared = self.operator.declared.get(declared);
        let (_, ty, value) = declared.ok_or_else(missing)?;
        Ok(typed(value, *ty))
    }

    /// What a step without a record is seen as: declared columns have their first values, the others null.
    fn nothing(&self, at: usize, field: &Field) -> Result<ScalarValue> {
        match at.checked_sub(self.operator.remembered.len()) {
            Some(declared) => self.first_value(declared),
            None => ScalarValue::try_from(field.data_type()),
        }
    }
}

fn missing() -> DataFusionError {
    DataFusionError::Internal(String::from("scan lacks a column that it declares"))
}

fn typed(value: &Value, ty: Type) -> ScalarValue {
    match value {
        Value::Null(_) => physical::null(ty),
        value => physical::scalar_value(value),
    }
}

impl Steps for Record<'_> {
    type Values = Values;
    type Error = DataFusionError;

    fn count(&self) -> usize {
        self.operator.steps.len()
    }

    fn is_optional(&self, step: usize) -> bool {
        self.operator.steps.get(step).is_some_and(|step| step.is_optional)
    }

    fn is_met(&mut self, step: usize, state: &State<Values>) -> Result<bool> {
        match self.operator.steps.get(step).map(|step| &step.condition) {
            Some(Condition::Column(name)) => {
                let flags = cells::flags(self.batch, name)?;
                Ok(flags.is_valid(self.row) && flags.value(self.row))
            }
            Some(Condition::Expression(condition)) => {
                Ok(self.value(condition, state)? == ScalarValue::Boolean(Some(true)))
            }
            None => Ok(false),
        }
    }

    fn extended(&mut self, step: usize, state: &State<Values>) -> Result<Values> {
        let operator = self.operator;
        let mut values = Vec::with_capacity(operator.remembered.len() + operator.declared.len());
        for name in &operator.remembered {
            values.push(ScalarValue::try_from_array(cells::column(self.batch, name)?, self.row)?);
        }
        for (_, ty, value) in &operator.declared {
            values.push(typed(value, *ty));
        }
        let step = operator.steps.get(step).ok_or_else(missing)?;
        for (at, expression) in &step.assignments {
            let value = self.value(expression, state)?;
            if let Some(place) = values.get_mut(operator.remembered.len() + at) {
                *place = value;
            }
        }
        Ok(Arc::new(values))
    }
}

/// The rows that a batch gives.
struct Made<'a> {
    operator: &'a Scan,
    run: &'a Run,
    batch: &'a RecordBatch,
    /// Rows of the batch that are given, their declared values and numbers.
    rows: Vec<usize>,
    values: Vec<Values>,
    ids: Vec<i64>,
    /// Rows of earlier batches, and before how many rows of this one each is given.
    held: Vec<(usize, RecordBatch)>,
}

impl<'a> Made<'a> {
    fn new(operator: &'a Scan, run: &'a Run, batch: &'a RecordBatch) -> Self {
        let (rows, values, ids, held) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        Self { operator, run, batch, rows, values, ids, held }
    }

    fn row(&mut self, row: usize, values: &Values, match_id: i64) {
        self.rows.push(row);
        self.values.push(Arc::clone(values));
        self.ids.push(match_id);
    }

    fn held(&mut self, row: Last) {
        self.held.extend(row.map(|row| (self.rows.len(), row)));
    }

    /// One row as a batch of its own.
    fn alone(&self, row: usize, values: &Values, match_id: i64) -> Result<RecordBatch> {
        let mut alone = Self::new(self.operator, self.run, self.batch);
        alone.row(row, values, match_id);
        alone.finish()
    }

    fn finish(self) -> Result<RecordBatch> {
        let indices: arrow::array::UInt64Array =
            self.rows.iter().map(|row| u64::try_from(*row).ok()).collect();
        let mut columns = Vec::with_capacity(self.batch.num_columns() + 2);
        for column in self.batch.columns() {
            columns.push(arrow::compute::take(column, &indices, None)?);
        }
        for (at, (_, ty, _)) in self.operator.declared.iter().enumerate() {
            let mut cells = Cells::new(*ty);
            let place = self.operator.remembered.len() + at;
            for values in &self.values {
                let value = values.get(place).ok_or_else(missing)?;
                let array = value.to_array_of_size(1)?;
                cells.value(&physical::value_at(&array, 0, *ty));
            }
            columns.push(cells.finish());
        }
        if self.operator.match_id.is_some() {
            columns.push(Arc::new(arrow::array::Int64Array::from(self.ids)));
        }
        let rows = RecordBatch::try_new(Arc::clone(&self.run.output), columns)?;
        if self.held.is_empty() {
            return Ok(rows);
        }
        let mut batches: Vec<&RecordBatch> = vec![&rows];
        let mut order: Vec<(usize, usize)> = Vec::with_capacity(rows.num_rows());
        let mut held = self.held.iter().peekable();
        for row in 0..=rows.num_rows() {
            while let Some((_, batch)) = held.next_if(|(before, _)| *before <= row) {
                order.push((batches.len(), 0));
                batches.push(batch);
            }
            if row < rows.num_rows() {
                order.push((0, row));
            }
        }
        Ok(interleave_record_batch(&batches, &order)?)
    }
}
