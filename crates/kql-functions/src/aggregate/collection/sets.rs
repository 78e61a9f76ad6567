//! How sets are made: the distinct values of a group, in the order that the input first has them in.

use std::sync::Arc;

use arrow::array::{Array, ArrayRef, AsArray, StringBuilder};
use arrow::datatypes::DataType;
use datafusion::common::Result;
use datafusion::logical_expr::{AggregateUDF, EmitTo};
use kql_semantics::Type;

use super::lists::{is_dynamic, limit};
use crate::aggregate::Order;
use crate::aggregate::keep::distinct::{Distinct, Sets};
use crate::aggregate::keep::lists::{elements, lists, pick};
use crate::aggregate::keep::setting::Setting;
use crate::aggregate::keep::texts::{arrays, canonical, each_element, texts};
use crate::aggregate::ours::{Keeper, Parts, list_of};
use crate::physical;

/// Makes sets of the first argument; the second, if there is one, is the largest size.
pub(super) fn make(
    name: &'static str,
    types: &[Type],
    order: Order,
    default: usize,
) -> Option<Arc<AggregateUDF>> {
    let ty = *types.first()?;
    let mut state = vec![list_of(physical::data_type(ty)), DataType::Int64];
    state.extend(order.is_ordinal().then(|| list_of(order.data_type())));
    let has_limit = types.len() > 1;
    let make = move || {
        let values = Distinct::new(physical::data_type(ty), order);
        let size = Setting::default();
        Ok(Box::new(Maker { ty, values, size, has_limit, default, order }) as Box<dyn Keeper>)
    };
    let returns = DataType::Utf8;
    Some(Parts { name, types: types.to_vec(), order, returns, state, make }.udf())
}

struct Maker {
    ty: Type,
    values: Distinct,
    size: Setting,
    has_limit: bool,
    default: usize,
    order: Order,
}

impl Keeper for Maker {
    fn resize(&mut self, groups: usize) {
        self.values.resize(groups);
    }

    fn update(&mut self, values: &[ArrayRef], groups: &[usize]) -> Result<()> {
        let [first, rest @ ..] = values else { return Ok(()) };
        if self.has_limit {
            self.size.read(rest.first());
        }
        let limit = limit(self.size, self.default);
        let ordinals = rest.last().filter(|_| self.order.is_ordinal());
        if !is_dynamic(self.ty) {
            return self.values.add(first, groups, ordinals, limit);
        }
        let (values, rows) = flattened(first);
        let of_values: Vec<usize> = rows.iter().map(|row| groups[*row as usize]).collect();
        let ordinals = ordinals.map(|ordinals| pick(ordinals, rows)).transpose()?;
        self.values.add(&values, &of_values, ordinals.as_ref(), limit)
    }

    fn merge(&mut self, states: &[ArrayRef], groups: &[usize]) -> Result<()> {
        self.size.read(states.get(1));
        let limit = limit(self.size, self.default);
        let (values, of_values) = elements(states.first(), groups)?;
        let ordinals = match states.get(2) {
            Some(ordinals) => Some(elements(Some(ordinals), groups)?.0),
            None => None,
        };
        self.values.add(&values, &of_values, ordinals.as_ref(), limit)
    }

    fn state(&mut self, emit_to: EmitTo) -> Result<Vec<ArrayRef>> {
        let Sets { values, places, offsets, ordinals } = self.values.take(emit_to)?;
        let groups = offsets.len().saturating_sub(1);
        let mut state = vec![lists(pick(&values, places)?, &offsets)?, self.size.state(groups)];
        if let Some(ordinals) = ordinals {
            state.push(lists(ordinals, &offsets)?);
        }
        Ok(state)
    }

    fn evaluate(&mut self, emit_to: EmitTo) -> Result<ArrayRef> {
        let Sets { values, places, offsets, .. } = self.values.take(emit_to)?;
        let elements = texts(&values, self.ty)?;
        arrays(&elements, &places, &offsets, limit(self.size, self.default), false)
    }

    fn size(&self) -> usize {
        self.values.size()
    }
}

/// Dynamics with arrays replaced by their elements, and the row that each one is of. A null is a value.
fn flattened(values: &ArrayRef) -> (ArrayRef, Vec<u32>) {
    let values = values.as_string::<i32>();
    let mut builder = StringBuilder::with_capacity(values.len(), values.value_data().len());
    let mut rows = Vec::with_capacity(values.len());
    for (row, value) in (0..).zip(values) {
        let value = value.unwrap_or("null");
        let mut push = |element: &str| {
            builder.append_value(canonical(element));
            rows.push(row);
        };
        if !each_element(value, &mut push) {
            push(value);
        }
    }
    (Arc::new(builder.finish()), rows)
}
