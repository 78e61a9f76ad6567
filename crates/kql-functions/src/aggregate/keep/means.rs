//! Sums and counts, of which means are made.

use std::sync::Arc;

use arrow::array::{
    Array, ArrayRef, ArrowPrimitiveType, AsArray, Float64Array, Int64Array, PrimitiveArray,
};
use arrow::datatypes::{
    DataType, Decimal128Type, Decimal256Type, Float64Type, Int32Type, Int64Type, i256,
};
use datafusion::common::{Result, internal_datafusion_err};
use datafusion::logical_expr::{AggregateUDF, EmitTo};
use kql_semantics::Type;

use super::lists::drop_first;
use crate::aggregate::Order;
use crate::aggregate::ours::{Keeper, Parts, emitted};
use crate::physical;

/// The mean of values of a type; none where they have none.
pub(crate) fn mean(ty: Type) -> Option<Arc<AggregateUDF>> {
    let (sum, returns) = match ty {
        // Kusto adds whole numbers up in 64 bits, and wraps around.
        Type::Int | Type::Long => (DataType::Int64, DataType::Float64),
        Type::Real => (DataType::Float64, DataType::Float64),
        Type::Decimal => (physical::data_type(ty), physical::data_type(ty)),
        // A dozen datetimes are more than 64 bits hold.
        Type::DateTime | Type::TimeSpan => (DataType::Decimal128(38, 0), DataType::Int64),
        Type::Bool | Type::String | Type::Guid | Type::Dynamic | Type::Unknown => return None,
    };
    let state = vec![sum, DataType::Int64];
    let make = move || Ok(Box::new(Means { sums: Sums::new(ty), counts: Vec::new() }) as Box<_>);
    Some(Parts { name: "avg", types: vec![ty], order: Order::Arrival, returns, state, make }.udf())
}

enum Sums {
    Long(Vec<i64>),
    Real(Vec<f64>),
    Ticks(Vec<i128>),
    Decimal(Vec<i256>),
}

struct Means {
    sums: Sums,
    counts: Vec<i64>,
}

impl Sums {
    fn new(ty: Type) -> Self {
        match ty {
            Type::Real => Self::Real(Vec::new()),
            Type::Decimal => Self::Decimal(Vec::new()),
            Type::DateTime | Type::TimeSpan => Self::Ticks(Vec::new()),
            _ => Self::Long(Vec::new()),
        }
    }

    fn resize(&mut self, groups: usize) {
        match self {
            Self::Long(sums) => sums.resize(groups, 0),
            Self::Real(sums) => sums.resize(groups, 0.0),
            Self::Ticks(sums) => sums.resize(groups, 0),
            Self::Decimal(sums) => sums.resize(groups, i256::ZERO),
        }
    }

    /// Adds an argument's values, or sums of a state.
    fn add(&mut self, values: &ArrayRef, groups: &[usize]) -> Result<()> {
        match (self, values.data_type()) {
            (Self::Long(sums), DataType::Int32) => {
                each::<Int32Type>(values, groups, |at, value| {
                    sums[at] = sums[at].wrapping_add(value.into());
                })
            }
            (Self::Long(sums), DataType::Int64) => {
                each::<Int64Type>(values, groups, |at, value| {
                    sums[at] = sums[at].wrapping_add(value);
                })
            }
            (Self::Real(sums), DataType::Float64) => {
                each::<Float64Type>(values, groups, |at, value| sums[at] += value);
            }
            (Self::Ticks(sums), DataType::Int64) => {
                each::<Int64Type>(values, groups, |at, value| sums[at] += i128::from(value));
            }
            (Self::Ticks(sums), DataType::Decimal128(..)) => {
                each::<Decimal128Type>(values, groups, |at, value| sums[at] += value);
            }
            (Self::Decimal(sums), DataType::Decimal256(..)) => {
                each::<Decimal256Type>(values, groups, |at, value| {
                    sums[at] = sums[at].wrapping_add(value);
                });
            }
            (_, ty) => return Err(internal_datafusion_err!("`avg` got values of {ty}")),
        }
        Ok(())
    }

    fn state(&self, count: usize) -> Result<ArrayRef> {
        Ok(match self {
            Self::Long(sums) => Arc::new(Int64Array::from(sums[..count].to_vec())),
            Self::Real(sums) => Arc::new(Float64Array::from(sums[..count].to_vec())),
            Self::Ticks(sums) => {
                let sums = PrimitiveArray::<Decimal128Type>::from(sums[..count].to_vec());
                Arc::new(sums.with_precision_and_scale(38, 0)?)
            }
            Self::Decimal(sums) => {
                let sums = PrimitiveArray::<Decimal256Type>::from(sums[..count].to_vec());
                Arc::new(sums.with_data_type(physical::data_type(Type::Decimal)))
            }
        })
    }

    #[expect(clippy::cast_precision_loss, reason = "a mean is a double")]
    fn means(&self, counts: &[i64]) -> ArrayRef {
        match self {
            Self::Long(sums) => Arc::new(reals(counts, |at| sums[at] as f64)),
            Self::Real(sums) => Arc::new(reals(counts, |at| sums[at])),
            Self::Ticks(sums) => {
                let mean = |(sum, count): (&i128, &i64)| {
                    let mean = sum.checked_div(i128::from(*count))?;
                    i64::try_from(mean).ok()
                };
                Arc::new(sums.iter().zip(counts).map(mean).collect::<Int64Array>())
            }
            Self::Decimal(sums) => {
                let mean = |(sum, count): (&i256, &i64)| {
                    sum.checked_div(i256::from_i128(i128::from(*count)))
                };
                let means: PrimitiveArray<Decimal256Type> =
                    sums.iter().zip(counts).map(mean).collect();
                Arc::new(means.with_data_type(physical::data_type(Type::Decimal)))
            }
        }
    }

    fn drop_first(&mut self, count: usize) {
        match self {
            Self::Long(sums) => drop_first(sums, count),
            Self::Real(sums) => drop_first(sums, count),
            Self::Ticks(sums) => drop_first(sums, count),
            Self::Decimal(sums) => drop_first(sums, count),
        }
    }

    fn size(&self) -> usize {
        match self {
            Self::Long(sums) => sums.capacity() * size_of::<i64>(),
            Self::Real(sums) => sums.capacity() * size_of::<f64>(),
            Self::Ticks(sums) => sums.capacity() * size_of::<i128>(),
            Self::Decimal(sums) => sums.capacity() * size_of::<i256>(),
        }
    }
}

/// Nothing gives 0 / 0, which is NaN.
#[expect(clippy::cast_precision_loss, reason = "a mean is a double")]
fn reals(counts: &[i64], sum: impl Fn(usize) -> f64) -> Float64Array {
    let mean = |(at, count): (usize, &i64)| sum(at) / *count as f64;
    Float64Array::from_iter_values(counts.iter().enumerate().map(mean))
}

fn each<T: ArrowPrimitiveType>(
    values: &ArrayRef,
    groups: &[usize],
    mut add: impl FnMut(usize, T::Native),
) {
    let values = values.as_primitive::<T>();
    if values.null_count() == 0 {
        values.values().iter().zip(groups).for_each(|(value, group)| add(*group, *value));
        return;
    }
    for (row, group) in groups.iter().enumerate() {
        if values.is_valid(row) {
            add(*group, values.value(row));
        }
    }
}

impl Keeper for Means {
    fn resize(&mut self, groups: usize) {
        if self.counts.len() < groups {
            self.counts.resize(groups, 0);
            self.sums.resize(groups);
        }
    }

    fn update(&mut self, values: &[ArrayRef], groups: &[usize]) -> Result<()> {
        let Some(values) = values.first() else { return Ok(()) };
        for (row, group) in groups.iter().enumerate() {
            self.counts[*group] += i64::from(values.is_valid(row));
        }
        self.sums.add(values, groups)
    }

    fn merge(&mut self, states: &[ArrayRef], groups: &[usize]) -> Result<()> {
        let [sums, counts] = states else {
            return Err(internal_datafusion_err!("`avg` got a state of {} columns", states.len()));
        };
        each::<Int64Type>(counts, groups, |at, count| self.counts[at] += count);
        self.sums.add(sums, groups)
    }

    fn state(&mut self, emit_to: EmitTo) -> Result<Vec<ArrayRef>> {
        let count = emitted(emit_to, self.counts.len());
        let counts = Int64Array::from(self.counts[..count].to_vec());
        let state = vec![self.sums.state(count)?, Arc::new(counts) as ArrayRef];
        self.sums.drop_first(count);
        drop_first(&mut self.counts, count);
        Ok(state)
    }

    fn evaluate(&mut self, emit_to: EmitTo) -> Result<ArrayRef> {
        let count = emitted(emit_to, self.counts.len());
        let means = self.sums.means(&self.counts[..count]);
        self.sums.drop_first(count);
        drop_first(&mut self.counts, count);
        Ok(means)
    }

    fn size(&self) -> usize {
        self.sums.size() + self.counts.capacity() * size_of::<i64>()
    }
}
