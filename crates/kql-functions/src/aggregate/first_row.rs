//! `$first_row`: the columns of the first row of a group, in an order that other columns give.
//!
//! What `innerunique` keeps of its left side. Rows that tie are told apart by the order's last columns, so the answer
//! is the same on any number of cores.

use std::hash::{Hash, Hasher};
use std::sync::Arc;

use arrow::array::{Array, ArrayRef, AsArray, BinaryArray, BooleanArray, StructArray};
use arrow::compute::SortOptions;
use arrow::datatypes::{DataType, Field, FieldRef, Fields};
use arrow::row::{RowConverter, Rows, SortField};
use datafusion::common::{Result, ScalarValue, internal_err};
use datafusion::logical_expr::function::{AccumulatorArgs, StateFieldsArgs};
use datafusion::logical_expr::{
    Accumulator, AggregateUDF, AggregateUDFImpl, EmitTo, GroupsAccumulator, Signature, Volatility,
};

/// The aggregate over order columns of these types and directions (ascending, nulls first), then columns of `kept` types.
/// It gives a struct of the kept columns, fields `0`, `1`, ....
#[must_use]
pub fn first_row(
    order: Vec<DataType>,
    directions: Vec<(bool, bool)>,
    kept: Vec<DataType>,
) -> Arc<AggregateUDF> {
    let signature = Signature::any(order.len() + kept.len(), Volatility::Immutable);
    Arc::new(AggregateUDF::new_from_impl(FirstRow { order, directions, kept, signature }))
}

#[derive(Debug)]
struct FirstRow {
    order: Vec<DataType>,
    directions: Vec<(bool, bool)>,
    kept: Vec<DataType>,
    signature: Signature,
}

impl PartialEq for FirstRow {
    fn eq(&self, other: &Self) -> bool {
        (&self.order, &self.directions, &self.kept)
            == (&other.order, &other.directions, &other.kept)
    }
}

impl Eq for FirstRow {}

impl Hash for FirstRow {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (&self.order, &self.directions, &self.kept).hash(state);
    }
}

impl FirstRow {
    fn fields(&self) -> Fields {
        self.kept
            .iter()
            .enumerate()
            .map(|(at, ty)| Field::new(at.to_string(), ty.clone(), true))
            .collect()
    }

    fn keeper(&self) -> Result<Keeper> {
        let order =
            self.order.iter().zip(&self.directions).map(|(ty, (ascending, nulls_first))| {
                let options = SortOptions { descending: !ascending, nulls_first: *nulls_first };
                SortField::new_with_options(ty.clone(), options)
            });
        let order_fields: Vec<SortField> = order.collect();
        let kept_fields: Vec<SortField> =
            self.kept.iter().map(|ty| SortField::new(ty.clone())).collect();
        Ok(Keeper {
            order: RowConverter::new(order_fields.clone())?,
            kept: RowConverter::new(kept_fields.clone())?,
            order_fields,
            kept_fields,
            fields: self.fields(),
            groups: Vec::new(),
            bytes: 0,
        })
    }
}

impl AggregateUDFImpl for FirstRow {
    fn name(&self) -> &str {
        "$first_row"
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, _arguments: &[DataType]) -> Result<DataType> {
        Ok(DataType::Struct(self.fields()))
    }

    fn accumulator(&self, _arguments: AccumulatorArgs) -> Result<Box<dyn Accumulator>> {
        Ok(Box::new(Single(self.keeper()?)))
    }

    fn state_fields(&self, arguments: StateFieldsArgs) -> Result<Vec<FieldRef>> {
        let field = |what: &str| {
            Arc::new(Field::new(format!("{}[{what}]", arguments.name), DataType::Binary, true))
        };
        Ok(vec![field("order"), field("kept")])
    }

    fn groups_accumulator_supported(&self, _arguments: AccumulatorArgs) -> bool {
        true
    }

    fn create_groups_accumulator(
        &self,
        _arguments: AccumulatorArgs,
    ) -> Result<Box<dyn GroupsAccumulator>> {
        Ok(Box::new(self.keeper()?))
    }
}

/// A row's order and kept columns, in Arrow's row format.
type First = (Box<[u8]>, Box<[u8]>);

/// Keeps, for each group, the first row's order and columns in Arrow's row format.
struct Keeper {
    order: RowConverter,
    kept: RowConverter,
    order_fields: Vec<SortField>,
    kept_fields: Vec<SortField>,
    fields: Fields,
    groups: Vec<Option<First>>,
    bytes: usize,
}

impl Keeper {
    fn resize(&mut self, groups: usize) {
        if self.groups.len() < groups {
            self.groups.resize(groups, None);
        }
    }

    /// Takes a row if it comes before the one kept.
    fn offer(&mut self, group: usize, order: &[u8], kept: impl FnOnce() -> Box<[u8]>) {
        let is_first = self.groups[group].as_ref().is_none_or(|(known, _)| order < &**known);
        if is_first {
            let kept = kept();
            let old =
                self.groups[group].as_ref().map_or(0, |(order, kept)| order.len() + kept.len());
            self.bytes = self.bytes + order.len() + kept.len() - old;
            self.groups[group] = Some((order.into(), kept));
        }
    }

    fn rows(&mut self, values: &[ArrayRef]) -> Result<(Option<Rows>, Rows)> {
        let Some((order, kept)) = values.split_at_checked(self.order_fields.len()) else {
            return internal_err!("$first_row got too few columns");
        };
        // Rows of no columns can not be converted; then all rows are alike, and the one met first stays.
        let order = if order.is_empty() { None } else { Some(self.order.convert_columns(order)?) };
        Ok((order, self.kept.convert_columns(kept)?))
    }

    fn emitted(&mut self, emit_to: EmitTo) -> Vec<Option<First>> {
        let emitted = emit_to.take_needed(&mut self.groups);
        let size: usize =
            emitted.iter().flatten().map(|(order, kept)| order.len() + kept.len()).sum();
        self.bytes = self.bytes.saturating_sub(size);
        emitted
    }
}

impl GroupsAccumulator for Keeper {
    fn update_batch(
        &mut self,
        values: &[ArrayRef],
        group_indices: &[usize],
        filter: Option<&BooleanArray>,
        total_num_groups: usize,
    ) -> Result<()> {
        self.resize(total_num_groups);
        let (order, kept) = self.rows(values)?;
        for (row, group) in group_indices.iter().enumerate() {
            if filter.is_some_and(|filter| !(filter.is_valid(row) && filter.value(row))) {
                continue;
            }
            let key = order.as_ref().map(|order| order.row(row));
            let key = key.as_ref().map_or(&[][..], |key| key.data());
            self.offer(*group, key, || kept.row(row).data().into());
        }
        Ok(())
    }

    fn merge_batch(
        &mut self,
        values: &[ArrayRef],
        group_indices: &[usize],
        total_num_groups: usize,
    ) -> Result<()> {
        self.resize(total_num_groups);
        let [order, kept] = values else {
            return internal_err!("$first_row got a state of {} columns", values.len());
        };
        let (order, kept) = (order.as_binary::<i32>(), kept.as_binary::<i32>());
        for (row, group) in group_indices.iter().enumerate() {
            if order.is_valid(row) {
                self.offer(*group, order.value(row), || kept.value(row).into());
            }
        }
        Ok(())
    }

    fn state(&mut self, emit_to: EmitTo) -> Result<Vec<ArrayRef>> {
        let groups = self.emitted(emit_to);
        let order = BinaryArray::from_iter(
            groups.iter().map(|group| group.as_ref().map(|(order, _)| order)),
        );
        let kept =
            BinaryArray::from_iter(groups.iter().map(|group| group.as_ref().map(|(_, kept)| kept)));
        Ok(vec![Arc::new(order), Arc::new(kept)])
    }

    fn evaluate(&mut self, emit_to: EmitTo) -> Result<ArrayRef> {
        let groups = self.emitted(emit_to);
        let parser = self.kept.parser();
        let rows: Vec<_> = groups.iter().flatten().map(|(_, kept)| parser.parse(kept)).collect();
        if rows.len() != groups.len() {
            return internal_err!("$first_row has a group without rows");
        }
        let columns = self.kept.convert_rows(rows)?;
        Ok(Arc::new(StructArray::try_new_with_length(
            self.fields.clone(),
            columns,
            None,
            groups.len(),
        )?))
    }

    fn convert_to_state(
        &self,
        values: &[ArrayRef],
        filter: Option<&BooleanArray>,
    ) -> Result<Vec<ArrayRef>> {
        let Some((order, kept)) = values.split_at_checked(self.order_fields.len()) else {
            return internal_err!("$first_row got too few columns");
        };
        let count = kept.first().map_or(0, |array| array.len());
        let order = rows_of(&self.order_fields, order)?;
        let kept = rows_of(&self.kept_fields, kept)?;
        let is_taken =
            |row: usize| filter.is_none_or(|filter| filter.is_valid(row) && filter.value(row));
        let state = |rows: &Option<Rows>| {
            let bytes = |row: usize| {
                rows.as_ref().map_or_else(Vec::new, |rows| rows.row(row).data().to_vec())
            };
            Arc::new(BinaryArray::from_iter(
                (0..count).map(|row| is_taken(row).then(|| bytes(row))),
            )) as ArrayRef
        };
        Ok(vec![state(&order), state(&kept)])
    }

    fn size(&self) -> usize {
        self.bytes + self.groups.capacity() * size_of::<Option<First>>()
    }
}

fn rows_of(fields: &[SortField], columns: &[ArrayRef]) -> Result<Option<Rows>> {
    if columns.is_empty() {
        return Ok(None);
    }
    Ok(Some(RowConverter::new(fields.to_vec())?.convert_columns(columns)?))
}

/// A group of its own: all rows.
struct Single(Keeper);

impl std::fmt::Debug for Single {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("$first_row")
    }
}

impl Accumulator for Single {
    fn update_batch(&mut self, values: &[ArrayRef]) -> Result<()> {
        let rows = values.first().map_or(0, |array| array.len());
        self.0.update_batch(values, &vec![0; rows], None, 1)
    }

    fn merge_batch(&mut self, states: &[ArrayRef]) -> Result<()> {
        let rows = states.first().map_or(0, |array| array.len());
        self.0.merge_batch(states, &vec![0; rows], 1)
    }

    fn state(&mut self) -> Result<Vec<ScalarValue>> {
        self.0.resize(1);
        self.0
            .state(EmitTo::All)?
            .iter()
            .map(|array| ScalarValue::try_from_array(array, 0))
            .collect()
    }

    fn evaluate(&mut self) -> Result<ScalarValue> {
        if self.0.groups.iter().flatten().next().is_none() {
            return ScalarValue::try_from(&DataType::Struct(self.0.fields.clone()));
        }
        let array = self.0.evaluate(EmitTo::All)?;
        ScalarValue::try_from_array(&array, 0)
    }

    fn size(&self) -> usize {
        self.0.size()
    }
}
