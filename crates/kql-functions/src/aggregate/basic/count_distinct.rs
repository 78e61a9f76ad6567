//! `count_distinct`: how many distinct values.

use crate::aggregate::prelude::*;
use std::sync::Arc;

use arrow::array::{ArrayRef, Int64Array};
use datafusion::common::Result;
use datafusion::logical_expr::{AggregateUDF, EmitTo};

use crate::aggregate::Order;
use crate::aggregate::keep::distinct::{Distinct, Sets};
use crate::aggregate::keep::lists::{elements, lists, pick};
use crate::aggregate::ours::{Keeper, Parts, emitted, list_of};

pub(super) static AGGREGATE: Aggregate = Aggregate {
    name: "count_distinct",
    aliases: &[],
    help: "The exact number of distinct values in the group, nulls left out.",
    examples: &[Example {
        query: "datatable(v:long, b:bool)[1, true, 2, false, 1, true] | summarize n = count_distinct(v)",
        answer: &["n:long", "2"],
    }],
    meaning: AggregateMeaning::Ours(|types, _| count_distinct(types)),
};

fn count_distinct(types: &[Type]) -> Option<Arc<AggregateUDF>> {
    let [ty] = types else { return None };
    let array = physical::data_type(*ty);
    let state = vec![list_of(array.clone())];
    let make = move || {
        Ok(Box::new(Counter(Distinct::new(array.clone(), Order::Arrival))) as Box<dyn Keeper>)
    };
    let (types, returns) = (types.to_vec(), DataType::Int64);
    Some(Parts { name: "count_distinct", types, order: Order::Arrival, returns, state, make }.udf())
}

struct Counter(Distinct);

impl Keeper for Counter {
    fn resize(&mut self, groups: usize) {
        self.0.resize(groups);
    }

    fn update(&mut self, values: &[ArrayRef], groups: &[usize]) -> Result<()> {
        match values.first() {
            Some(values) => self.0.add(values, groups, None, usize::MAX),
            None => Ok(()),
        }
    }

    fn merge(&mut self, states: &[ArrayRef], groups: &[usize]) -> Result<()> {
        let (values, groups) = elements(states.first(), groups)?;
        self.0.add(&values, &groups, None, usize::MAX)
    }

    fn state(&mut self, emit_to: EmitTo) -> Result<Vec<ArrayRef>> {
        let Sets { values, places, offsets, .. } = self.0.take(emit_to)?;
        Ok(vec![lists(pick(&values, places)?, &offsets)?])
    }

    fn evaluate(&mut self, emit_to: EmitTo) -> Result<ArrayRef> {
        let count = emitted(emit_to, self.0.counts().len());
        let counts = self.0.counts().iter().take(count).map(|count| i64::from(*count));
        let answer = Int64Array::from_iter_values(counts);
        self.0.take(emit_to)?;
        Ok(Arc::new(answer))
    }

    fn size(&self) -> usize {
        self.0.size()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::aggregate::testing::check;
    use crate::testing::{decimal, text};

    #[test]
    fn counts() {
        for (values, count) in [
            (vec![Value::Long(1), Value::Null(Type::Long), Value::Long(2), Value::Long(1)], 2),
            (
                vec![
                    Value::Real(f64::NAN),
                    Value::Real(-f64::NAN),
                    Value::Real(0.0),
                    Value::Real(-0.0),
                ],
                2,
            ),
            (vec![text(""), text("a"), text("A"), text("a")], 3),
            (vec![decimal("1.0"), decimal("1"), decimal("2")], 2),
            (vec![Value::Bool(true), Value::Bool(true)], 1),
            (vec![Value::Guid(7), Value::Guid(8), Value::Guid(7)], 2),
        ] {
            let rows: Vec<&[Value]> = values.iter().map(std::slice::from_ref).collect();
            check("count_distinct", &[values[0].ty()], &[Type::Long], &rows, &[Value::Long(count)]);
        }
    }
}
