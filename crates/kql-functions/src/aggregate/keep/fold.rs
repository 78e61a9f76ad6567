//! One number a group, to which each value is folded.

use std::sync::Arc;

use arrow::array::{Array, ArrayRef, ArrowPrimitiveType, AsArray, PrimitiveArray};
use datafusion::common::{Result, internal_datafusion_err};
use datafusion::logical_expr::{AggregateUDF, EmitTo};
use kql_semantics::Type;

use super::lists::drop_first;
use crate::aggregate::Order;
use crate::aggregate::ours::{Keeper, Parts, emitted};
use crate::physical;

/// The aggregate that folds numbers with a function that is associative and commutative; null where there are none.
pub(crate) fn fold<T: ArrowPrimitiveType>(
    name: &'static str,
    ty: Type,
    with: fn(T::Native, T::Native) -> T::Native,
) -> Arc<AggregateUDF> {
    let returns = physical::data_type(ty);
    Parts {
        name,
        types: vec![ty],
        order: Order::Arrival,
        state: vec![returns.clone()],
        returns,
        make: move || Ok(Box::new(Folded::<T> { groups: Vec::new(), with }) as Box<dyn Keeper>),
    }
    .udf()
}

struct Folded<T: ArrowPrimitiveType> {
    groups: Vec<Option<T::Native>>,
    with: fn(T::Native, T::Native) -> T::Native,
}

impl<T: ArrowPrimitiveType> Keeper for Folded<T> {
    fn resize(&mut self, groups: usize) {
        if self.groups.len() < groups {
            self.groups.resize(groups, None);
        }
    }

    fn update(&mut self, values: &[ArrayRef], groups: &[usize]) -> Result<()> {
        let Some(values) = values.first().and_then(|array| array.as_primitive_opt::<T>()) else {
            return Err(internal_datafusion_err!("an aggregate got no numbers"));
        };
        let with = self.with;
        for (row, group) in groups.iter().enumerate() {
            if values.is_valid(row) {
                let value = values.value(row);
                let known = &mut self.groups[*group];
                *known = Some(known.map_or(value, |known| with(known, value)));
            }
        }
        Ok(())
    }

    fn merge(&mut self, states: &[ArrayRef], groups: &[usize]) -> Result<()> {
        self.update(states, groups)
    }

    fn state(&mut self, emit_to: EmitTo) -> Result<Vec<ArrayRef>> {
        Ok(vec![self.evaluate(emit_to)?])
    }

    fn evaluate(&mut self, emit_to: EmitTo) -> Result<ArrayRef> {
        let count = emitted(emit_to, self.groups.len());
        let answer: PrimitiveArray<T> = self.groups[..count].iter().copied().collect();
        drop_first(&mut self.groups, count);
        Ok(Arc::new(answer))
    }

    fn size(&self) -> usize {
        self.groups.capacity() * size_of::<Option<T::Native>>()
    }
}
