//! `hll_merge`: sketches of distinct values merged.

use std::sync::Arc;

use arrow::array::{ArrayRef, AsArray};
use datafusion::common::{Result, internal_datafusion_err};
use datafusion::logical_expr::{AggregateUDF, EmitTo};

use crate::aggregate::Order;
use crate::aggregate::keep::texts::Column;
use crate::aggregate::ours::{Keeper, Parts, emitted};
use crate::aggregate::prelude::*;
use crate::sketch::hll::Hll;

pub(super) static AGGREGATE: Aggregate = Aggregate {
    name: "hll_merge",
    aliases: &[],
    help: "The sketches of `hll` in the group merged into one, as if it had been made of all their values. What is no sketch is passed over; null where there is none.",
    examples: &[Example {
        query: "range x from 1 to 20 step 1 | summarize h = hll(x) by x % 2 | summarize m = hll_merge(h) | project n = dcount_hll(m)",
        answer: &["n:long", "20"],
    }],
    meaning: AggregateMeaning::Ours(|types, _| hll_merge(types)),
};

fn hll_merge(types: &[Type]) -> Option<Arc<AggregateUDF>> {
    if !matches!(types, [Type::Dynamic | Type::Unknown]) {
        return None;
    }
    let make = || Ok(Box::<Merger>::default() as Box<dyn Keeper>);
    let (types, returns, state) = (types.to_vec(), DataType::Utf8, vec![DataType::Utf8]);
    Some(Parts { name: "hll_merge", types, order: Order::Arrival, returns, state, make }.udf())
}

/// The sketches of `hll_merge`.
#[derive(Default)]
struct Merger {
    groups: Vec<Option<Hll>>,
}

impl Keeper for Merger {
    fn resize(&mut self, groups: usize) {
        if self.groups.len() < groups {
            self.groups.resize(groups, None);
        }
    }

    fn update(&mut self, values: &[ArrayRef], groups: &[usize]) -> Result<()> {
        let Some(texts) = values.first().and_then(|array| array.as_string_opt::<i32>()) else {
            return Err(internal_datafusion_err!("`hll_merge` got no dynamics"));
        };
        for (text, group) in texts.iter().zip(groups) {
            let Some(sketch) = text.and_then(Hll::parse) else { continue };
            match &mut self.groups[*group] {
                Some(known) => known.merge(&sketch),
                none => *none = Some(sketch),
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
        let mut column = Column::default();
        for sketch in self.groups.drain(..count) {
            match sketch {
                Some(sketch) => column.push(&sketch.to_text())?,
                None => column.push_null(),
            }
        }
        Ok(column.finish())
    }

    fn size(&self) -> usize {
        self.groups.iter().flatten().map(Hll::size).sum()
    }
}
