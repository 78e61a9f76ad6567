//! How t-digests are made and merged: all values of a group at once, so that the answer does not depend on their order.

use std::sync::Arc;

use arrow::array::{Array, ArrayRef, AsArray, Float64Array, StructArray};
use arrow::compute::cast;
use arrow::datatypes::{DataType, Decimal256Type, Field, Fields, Float64Type};
use datafusion::common::{Result, internal_datafusion_err};
use datafusion::logical_expr::{AggregateUDF, EmitTo};
use kql_semantics::{Decimal, Type};

use crate::aggregate::Order;
use crate::aggregate::keep::collected::{Collected, Lists, Nulls};
use crate::aggregate::keep::lists::{elements, lists};
use crate::aggregate::keep::texts::Column;
use crate::aggregate::ours::{Keeper, Parts, list_of};
use crate::physical;
use crate::sketch::digest::Digest;

/// Digests of the first argument; the second, if there is one, says how often each value counts.
pub(super) fn of_values(types: &[Type]) -> Option<Arc<AggregateUDF>> {
    let ty = *types.first()?;
    let is_number = matches!(
        ty,
        Type::Int | Type::Long | Type::Real | Type::Decimal | Type::DateTime | Type::TimeSpan
    );
    if !is_number {
        return None;
    }
    let item = DataType::Struct(fields());
    let state = vec![list_of(item.clone())];
    let make = move || {
        let values = Collected::new(item.clone(), Nulls::Dropped, Order::Arrival);
        Ok(Box::new(Maker { ty, values }) as Box<dyn Keeper>)
    };
    let (types, returns) = (types.to_vec(), DataType::Utf8);
    Some(Parts { name: "tdigest", types, order: Order::Arrival, returns, state, make }.udf())
}

/// Digests merged.
pub(super) fn of_digests(name: &'static str, types: &[Type]) -> Option<Arc<AggregateUDF>> {
    if !matches!(types, [Type::Dynamic | Type::Unknown]) {
        return None;
    }
    let state = vec![list_of(DataType::Utf8)];
    let make = || {
        let texts = Collected::new(DataType::Utf8, Nulls::Dropped, Order::Arrival);
        Ok(Box::new(Merger { texts }) as Box<dyn Keeper>)
    };
    let (types, returns) = (types.to_vec(), DataType::Utf8);
    Some(Parts { name, types, order: Order::Arrival, returns, state, make }.udf())
}

fn fields() -> Fields {
    let field = |name: &str| Field::new(name, DataType::Float64, true);
    [field("value"), field("weight")].into_iter().collect()
}

struct Maker {
    ty: Type,
    values: Collected,
}

impl Keeper for Maker {
    fn resize(&mut self, groups: usize) {
        self.values.resize(groups);
    }

    fn update(&mut self, values: &[ArrayRef], groups: &[usize]) -> Result<()> {
        let [values, rest @ ..] = values else { return Ok(()) };
        let values = reals(values)?;
        let weights = match rest.first() {
            Some(weights) => reals(weights)?,
            None => Arc::new(Float64Array::from(vec![1.0; values.len()])),
        };
        let (values, weights) =
            (values.as_primitive::<Float64Type>(), weights.as_primitive::<Float64Type>());
        let (mut kept, mut of_kept) = (Vec::new(), Vec::new());
        for ((pair, weight), group) in values.iter().zip(weights).zip(groups) {
            if let (Some(value), Some(weight)) = (pair, weight.filter(|weight| *weight > 0.0)) {
                kept.push((value, weight));
                of_kept.push(*group);
            }
        }
        let (values, weights): (Vec<f64>, Vec<f64>) = kept.into_iter().unzip();
        let columns: Vec<ArrayRef> =
            vec![Arc::new(Float64Array::from(values)), Arc::new(Float64Array::from(weights))];
        let pairs: ArrayRef = Arc::new(StructArray::try_new(fields(), columns, None)?);
        self.values.add(&pairs, &of_kept, None, usize::MAX)
    }

    fn merge(&mut self, states: &[ArrayRef], groups: &[usize]) -> Result<()> {
        let (values, groups) = elements(states.first(), groups)?;
        self.values.add(&values, &groups, None, usize::MAX)
    }

    fn state(&mut self, emit_to: EmitTo) -> Result<Vec<ArrayRef>> {
        let Lists { values, offsets, .. } = self.values.take(emit_to)?;
        Ok(vec![lists(values, &offsets)?])
    }

    fn evaluate(&mut self, emit_to: EmitTo) -> Result<ArrayRef> {
        let Lists { values, offsets, .. } = self.values.take(emit_to)?;
        let pairs = values.as_struct();
        let (values, weights) = (
            pairs.column(0).as_primitive::<Float64Type>(),
            pairs.column(1).as_primitive::<Float64Type>(),
        );
        let mut column = Column::default();
        for ends in offsets.windows(2) {
            let means = (ends[0]..ends[1]).map(|at| (values.value(at), weights.value(at)));
            column.push(&Digest::new(self.ty, means.collect()).to_text())?;
        }
        Ok(column.finish())
    }

    fn size(&self) -> usize {
        self.values.size()
    }
}

struct Merger {
    texts: Collected,
}

impl Keeper for Merger {
    fn resize(&mut self, groups: usize) {
        self.texts.resize(groups);
    }

    fn update(&mut self, values: &[ArrayRef], groups: &[usize]) -> Result<()> {
        match values.first() {
            Some(texts) => self.texts.add(texts, groups, None, usize::MAX),
            None => Err(internal_datafusion_err!("a merger of digests got nothing")),
        }
    }

    fn merge(&mut self, states: &[ArrayRef], groups: &[usize]) -> Result<()> {
        let (texts, groups) = elements(states.first(), groups)?;
        self.texts.add(&texts, &groups, None, usize::MAX)
    }

    fn state(&mut self, emit_to: EmitTo) -> Result<Vec<ArrayRef>> {
        let Lists { values, offsets, .. } = self.texts.take(emit_to)?;
        Ok(vec![lists(values, &offsets)?])
    }

    fn evaluate(&mut self, emit_to: EmitTo) -> Result<ArrayRef> {
        let Lists { values, offsets, .. } = self.texts.take(emit_to)?;
        let texts = values.as_string::<i32>();
        let mut column = Column::default();
        for ends in offsets.windows(2) {
            let all: Vec<Digest> =
                (ends[0]..ends[1]).filter_map(|at| Digest::parse(texts.value(at))).collect();
            match Digest::merged(&all) {
                Some(merged) => column.push(&merged.to_text())?,
                None => column.push_null(),
            }
        }
        Ok(column.finish())
    }

    fn size(&self) -> usize {
        self.texts.size()
    }
}

fn reals(values: &ArrayRef) -> Result<ArrayRef> {
    Ok(match values.data_type() {
        DataType::Decimal256(..) => {
            let values = values.as_primitive::<Decimal256Type>();
            let real = |units| physical::decimal_from_units(units).map(Decimal::to_f64);
            Arc::new(values.iter().map(|units| real(units?)).collect::<Float64Array>())
        }
        _ => cast(values, &DataType::Float64)?,
    })
}
