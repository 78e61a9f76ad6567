//! How percentiles are found: the nearest rank among all values, exactly.

use std::sync::Arc;

use arrow::array::{
    Array, ArrayRef, AsArray, Float64Array, Int64Array, ListArray, PrimitiveArray, StructArray,
};
use arrow::compute::cast;
use arrow::datatypes::{
    ArrowPrimitiveType, DataType, Decimal256Type, Field, Fields, Float64Type, Int64Type,
};
use datafusion::common::{Result, exec_datafusion_err, exec_err, internal_datafusion_err};
use datafusion::logical_expr::{AggregateUDF, EmitTo};
use kql_semantics::{Dynamic, Type};

use crate::aggregate::Order;
use crate::aggregate::keep::collected::{Collected, Lists, Nulls};
use crate::aggregate::keep::lists::{elements, lists};
use crate::aggregate::keep::texts::{arrays, texts};
use crate::aggregate::ours::{Keeper, Parts, list_of};
use crate::physical;

/// Whether values count more than once.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Weights {
    /// Each counts once.
    None,
    /// The second argument says how often.
    Given,
}

/// How several percentiles are given.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// A column each.
    Columns,
    /// One dynamic array.
    Array,
}

/// Percentiles of the first argument; what follows the weights are the percentiles, or a dynamic array of them.
pub(super) fn make(
    name: &'static str,
    types: &[Type],
    results: &[Type],
    weights: Weights,
    form: Form,
) -> Option<Arc<AggregateUDF>> {
    let ty = match types.first()? {
        Type::Int | Type::Long => Type::Long,
        Type::Real | Type::Decimal => Type::Real,
        ty @ (Type::DateTime | Type::TimeSpan) => *ty,
        _ => return None,
    };
    let array = physical::data_type(ty);
    let item = match weights {
        Weights::None => array.clone(),
        Weights::Given => DataType::Struct(weighted_fields(&array)),
    };
    let returns = match (form, results.len()) {
        (Form::Array, _) => DataType::Utf8,
        (Form::Columns, 1) => array,
        (Form::Columns, count) => DataType::Struct(columns(&array, count)),
    };
    let state = vec![list_of(item.clone()), list_of(DataType::Float64)];
    let count = results.len();
    let make = move || {
        let values = Collected::new(item.clone(), Nulls::Dropped, Order::Arrival);
        let percentiles = None;
        Ok(Box::new(Ranks { ty, values, percentiles, weights, form, count }) as Box<dyn Keeper>)
    };
    let types = types.to_vec();
    Some(Parts { name, types, order: Order::Arrival, returns, state, make }.udf())
}

fn columns(ty: &DataType, count: usize) -> Fields {
    (0..count).map(|at| Field::new(at.to_string(), ty.clone(), true)).collect()
}

fn weighted_fields(ty: &DataType) -> Fields {
    let value = Field::new("value", ty.clone(), true);
    [value, Field::new("weight", DataType::Int64, true)].into_iter().collect()
}

struct Ranks {
    ty: Type,
    values: Collected,
    percentiles: Option<Vec<f64>>,
    weights: Weights,
    form: Form,
    count: usize,
}

impl Keeper for Ranks {
    fn resize(&mut self, groups: usize) {
        self.values.resize(groups);
    }

    fn update(&mut self, values: &[ArrayRef], groups: &[usize]) -> Result<()> {
        let has_weights = self.weights == Weights::Given;
        let Some((arguments, percentiles)) = values.split_at_checked(1 + usize::from(has_weights))
        else {
            return Err(internal_datafusion_err!("a percentile got too few arguments"));
        };
        if self.percentiles.is_none() && !groups.is_empty() {
            self.percentiles = Some(read_percentiles(percentiles)?);
        }
        let ranked = ranked(&arguments[0])?;
        match arguments.get(1) {
            None => self.values.add(&ranked, groups, None, usize::MAX),
            Some(weights) => {
                let (pairs, rows) = weighted(ranked, &cast(weights, &DataType::Int64)?)?;
                let groups: Vec<usize> = rows.iter().map(|row| groups[*row]).collect();
                self.values.add(&pairs, &groups, None, usize::MAX)
            }
        }
    }

    fn merge(&mut self, states: &[ArrayRef], groups: &[usize]) -> Result<()> {
        if self.percentiles.is_none() {
            let known = states.get(1).and_then(|array| array.as_list_opt::<i32>());
            self.percentiles = known.and_then(first_list);
        }
        let (values, groups) = elements(states.first(), groups)?;
        self.values.add(&values, &groups, None, usize::MAX)
    }

    fn state(&mut self, emit_to: EmitTo) -> Result<Vec<ArrayRef>> {
        let Lists { values, offsets, .. } = self.values.take(emit_to)?;
        let known = self.percentiles.clone().unwrap_or_default();
        let groups = offsets.len().saturating_sub(1);
        let all: Vec<f64> = (0..groups).flat_map(|_| known.iter().copied()).collect();
        let ends: Vec<usize> = (0..=groups).map(|group| group * known.len()).collect();
        let percentiles = lists(Arc::new(Float64Array::from(all)), &ends)?;
        Ok(vec![lists(values, &offsets)?, percentiles])
    }

    fn evaluate(&mut self, emit_to: EmitTo) -> Result<ArrayRef> {
        let Lists { values, offsets, .. } = self.values.take(emit_to)?;
        let found = if self.ty == Type::Real {
            self.find::<Float64Type>(&values, &offsets, |a, b| a.total_cmp(b))
        } else {
            self.find::<Int64Type>(&values, &offsets, Ord::cmp)
        };
        let rows = offsets.len().saturating_sub(1);
        match (self.form, self.count) {
            (Form::Array, _) => self.array(&found, rows),
            (Form::Columns, 1) => {
                found.into_iter().next().ok_or_else(|| internal_datafusion_err!("no percentile"))
            }
            (Form::Columns, count) => {
                let fields = columns(&physical::data_type(self.ty), count);
                Ok(Arc::new(StructArray::try_new_with_length(fields, found, None, rows)?))
            }
        }
    }

    fn size(&self) -> usize {
        self.values.size()
    }
}

impl Ranks {
    /// A column a percentile.
    fn find<T: ArrowPrimitiveType>(
        &self,
        values: &ArrayRef,
        offsets: &[usize],
        compare: impl Fn(&T::Native, &T::Native) -> std::cmp::Ordering + Copy,
    ) -> Vec<ArrayRef> {
        let (values, weights) = match values.as_struct_opt() {
            Some(pairs) => (pairs.column(0), Some(pairs.column(1).as_primitive::<Int64Type>())),
            None => (values, None),
        };
        let values = values.as_primitive::<T>().values();
        let none = vec![f64::NAN; self.count];
        let percentiles = self.percentiles.as_ref().unwrap_or(&none);
        let mut found: Vec<Vec<Option<T::Native>>> = vec![Vec::new(); percentiles.len()];
        let mut scratch: Vec<(T::Native, i64)> = Vec::new();
        for ends in offsets.windows(2) {
            scratch.clear();
            scratch.extend(
                (ends[0]..ends[1])
                    .map(|at| (values[at], weights.map_or(1, |weights| weights.value(at)))),
            );
            scratch.sort_unstable_by(|a, b| compare(&a.0, &b.0));
            let total: i128 = scratch.iter().map(|(_, weight)| i128::from(*weight)).sum();
            for (column, percentile) in found.iter_mut().zip(percentiles) {
                column.push(at_rank(&scratch, rank(*percentile, total), weights.is_some()));
            }
        }
        let column = |values: Vec<Option<T::Native>>| {
            Arc::new(PrimitiveArray::<T>::from_iter(values)) as ArrayRef
        };
        found.into_iter().map(column).collect()
    }

    /// The columns as one array a row; null where there are no values.
    fn array(&self, found: &[ArrayRef], rows: usize) -> Result<ArrayRef> {
        let Some(first) = found.first() else {
            return Ok(physical::nulls(Type::Dynamic, rows));
        };
        let columns: Vec<&dyn Array> = found.iter().map(AsRef::as_ref).collect();
        let all = texts(&arrow::compute::concat(&columns)?, self.ty)?;
        let count = u32::try_from(rows).unwrap_or(0);
        let width = u32::try_from(found.len()).unwrap_or(0);
        let places: Vec<u32> =
            (0..count).flat_map(|row| (0..width).map(move |at| at * count + row)).collect();
        let offsets: Vec<usize> = (0..=rows).map(|row| row * found.len()).collect();
        let arrays = arrays(&all, &places, &offsets, usize::MAX, false)?;
        let is_null = arrow::compute::is_null(first)?;
        Ok(arrow::compute::nullif(&arrays, &is_null)?)
    }
}

/// The rank of a percentile, counted from 1.
#[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, reason = "it is a share")]
fn rank(percentile: f64, total: i128) -> i128 {
    // What rounding adds to a whole number is no rank more.
    let rank = (percentile * total as f64 / 100.0 - 1e-9).ceil() as i128;
    rank.clamp(1, total.max(1))
}

fn at_rank<T: Copy>(sorted: &[(T, i64)], rank: i128, has_weights: bool) -> Option<T> {
    if !has_weights {
        return sorted.get(usize::try_from(rank - 1).ok()?).map(|(value, _)| *value);
    }
    let mut passed = 0;
    sorted
        .iter()
        .find(|(_, weight)| {
            passed += i128::from(*weight);
            passed >= rank
        })
        .map(|(value, _)| *value)
}

/// The values as what is ranked: 64 bits, or doubles.
fn ranked(values: &ArrayRef) -> Result<ArrayRef> {
    Ok(match values.data_type() {
        DataType::Int32 => cast(values, &DataType::Int64)?,
        DataType::Decimal256(..) => {
            let values = values.as_primitive::<Decimal256Type>();
            let real =
                |units| physical::decimal_from_units(units).map(kql_semantics::Decimal::to_f64);
            Arc::new(values.iter().map(|units| real(units?)).collect::<Float64Array>())
        }
        _ => values.clone(),
    })
}

/// Pairs of values and weights, and the row of each; rows that count for nothing are left out.
fn weighted(values: ArrayRef, weights: &ArrayRef) -> Result<(ArrayRef, Vec<usize>)> {
    let weights = weights.as_primitive::<Int64Type>();
    let counts =
        |row: &usize| values.is_valid(*row) && weights.is_valid(*row) && weights.value(*row) > 0;
    let rows: Vec<usize> = (0..values.len()).filter(counts).collect();
    let places: Int64Array = rows.iter().map(|row| i64::try_from(*row).ok()).collect();
    let values = arrow::compute::take(&values, &places, None)?;
    let weights = arrow::compute::take(weights, &places, None)?;
    let fields = weighted_fields(values.data_type());
    Ok((Arc::new(StructArray::try_new(fields, vec![values, weights], None)?), rows))
}

/// The percentiles that the first row asks for.
fn read_percentiles(arguments: &[ArrayRef]) -> Result<Vec<f64>> {
    let mut all = Vec::new();
    for argument in arguments {
        if argument.is_empty() || argument.is_null(0) {
            return exec_err!("a percentile can not be null");
        }
        match argument.data_type() {
            DataType::Utf8 => match Dynamic::parse(argument.as_string::<i32>().value(0)) {
                Ok(Dynamic::Array(elements)) => {
                    all.extend(elements.iter().map(number).collect::<Result<Vec<f64>>>()?);
                }
                Ok(one) => all.push(number(&one)?),
                Err(_) => return exec_err!("percentiles must be an array of numbers"),
            },
            _ => {
                let reals = cast(&ranked(argument)?, &DataType::Float64)?;
                all.push(reals.as_primitive::<Float64Type>().value(0));
            }
        }
    }
    match all.iter().find(|percentile| !(0.0..=100.0).contains(*percentile)) {
        Some(wrong) => exec_err!("a percentile is a number from 0 to 100, not {wrong}"),
        None => Ok(all),
    }
}

#[expect(clippy::cast_precision_loss, reason = "it is at most 100")]
fn number(value: &Dynamic) -> Result<f64> {
    match value {
        Dynamic::Long(number) => Ok(*number as f64),
        Dynamic::Real(number) => Ok(*number),
        Dynamic::Decimal(number) => Ok(number.to_f64()),
        _ => Err(exec_datafusion_err!("percentiles must be an array of numbers")),
    }
}

fn first_list(lists: &ListArray) -> Option<Vec<f64>> {
    let first = (0..lists.len()).find(|row| lists.value_length(*row) > 0)?;
    Some(lists.value(first).as_primitive_opt::<Float64Type>()?.values().to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::aggregate::testing::check;
    use crate::testing::json;
    use kql_semantics::Value;

    #[test]
    fn nearest_ranks() {
        let long = Value::Long;
        let half = [long(20), long(50)];
        let rows: [&[Value]; 3] =
            [&[long(10), long(50)], &half, &[Value::Null(Type::Long), long(50)]];
        let types = [Type::Long, Type::Long];
        check("percentile", &types, &[Type::Long], &rows, &[long(10)]);
        check("percentile", &types, &[Type::Long], &[], &[Value::Null(Type::Long)]);
        let both = |value: i64| [long(value), Value::Real(0.0), Value::Real(99.9)];
        let rows: Vec<[Value; 3]> = (1..=10).rev().map(both).collect();
        let rows: Vec<&[Value]> = rows.iter().map(<[Value; 3]>::as_slice).collect();
        let types = [Type::Long, Type::Real, Type::Real];
        check("percentiles", &types, &[Type::Long; 2], &rows, &[long(1), long(10)]);
        check("percentiles_array", &types, &[Type::Dynamic], &rows, &[json("[1,10]")]);
        check("percentiles_array", &types, &[Type::Dynamic], &[], &[Value::Null(Type::Dynamic)]);
    }

    #[test]
    fn weights_count() {
        let row = |weight, value| [Value::Long(value), Value::Long(weight), json("[50,75,99.9]")];
        let rows = [row(8, 10), row(6, 20), row(3, 30), row(1, 40), row(0, 50), row(-5, 0)];
        let rows: Vec<&[Value]> = rows.iter().map(<[Value; 3]>::as_slice).collect();
        let types = [Type::Long, Type::Long, Type::Dynamic];
        check("percentilesw_array", &types, &[Type::Dynamic], &rows, &[json("[20,20,40]")]);
    }
}
