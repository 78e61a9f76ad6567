//! Running aggregates in tests: over one group, over several groups, over parts that are merged, and group by group.

use std::sync::Arc;

use arrow::array::{Array, ArrayRef, BinaryArray, Decimal128Array};
use datafusion::common::ScalarValue;
use datafusion::logical_expr::{AggregateUDF, EmitTo};
use kql_semantics::{Type, Value};

use super::ours::{Keeper, keeper_of};
use super::{AggregateMeaning, Order, aggregate};
use crate::physical;

/// Asserts what an aggregate gives for a group of rows, however its rows are cut into parts, and whether ordinals tell
/// their order or their arrival does.
pub(crate) fn check(
    name: &str,
    types: &[Type],
    results: &[Type],
    rows: &[&[Value]],
    expected: &[Value],
) {
    let meaning = aggregate(name).unwrap().meaning;
    for order in [Order::Arrival, Order::Number, Order::Key] {
        let udf = match meaning {
            AggregateMeaning::Ours(make) => make(types, results).unwrap(),
            AggregateMeaning::Ordered(make) => make(types, results, order).unwrap(),
            _ => panic!("{name} is not ours"),
        };
        let has_ordinals = matches!(meaning, AggregateMeaning::Ordered(_)) && order.is_ordinal();
        let order = if has_ordinals { order } else { Order::Arrival };
        let run = Run { udf: &udf, types, results, order };
        let ordinals: Vec<usize> = (0..rows.len()).collect();
        run.assert(rows, &ordinals, expected);
        if has_ordinals {
            let reversed: Vec<&[Value]> = rows.iter().rev().copied().collect();
            let ordinals: Vec<usize> = ordinals.into_iter().rev().collect();
            run.assert(&reversed, &ordinals, expected);
        }
    }
}

struct Run<'a> {
    udf: &'a Arc<AggregateUDF>,
    types: &'a [Type],
    results: &'a [Type],
    order: Order,
}

impl Run<'_> {
    fn assert(&self, rows: &[&[Value]], ordinals: &[usize], expected: &[Value]) {
        // Group 0 has no rows; group 1 has them all; group 2 those rows twice.
        let mut keeper = self.keeper(3);
        for (row, ordinal) in rows.iter().zip(ordinals) {
            keeper.update(&self.arrays(&[row, row], &[*ordinal, *ordinal]), &[1, 2]).unwrap();
        }
        let _none = keeper.evaluate(EmitTo::First(1)).unwrap();
        self.same(&keeper.evaluate(EmitTo::First(1)).unwrap(), expected, "one by one");
        // Two parts, merged.
        for cut in [0, rows.len() / 2, rows.len()] {
            let mut merged = self.keeper(2);
            for part in [0..cut, cut..rows.len()] {
                let mut keeper = self.keeper(2);
                let groups = vec![1; part.len()];
                let arrays = self.arrays(&rows[part.clone()], &ordinals[part]);
                keeper.update(&arrays, &groups).unwrap();
                let state = keeper.state(EmitTo::All).unwrap();
                assert!(state.iter().all(|array| array.len() == 2));
                merged.merge(&state, &[0, 1]).unwrap();
            }
            let answer = merged.evaluate(EmitTo::All).unwrap();
            assert_eq!(answer.len(), 2);
            self.same(&answer.slice(1, 1), expected, "merged");
        }
    }

    fn keeper(&self, groups: usize) -> Box<dyn Keeper> {
        let mut keeper = keeper_of(self.udf).unwrap();
        keeper.resize(groups);
        keeper
    }

    fn arrays(&self, rows: &[&[Value]], ordinals: &[usize]) -> Vec<ArrayRef> {
        let column = |at: usize| -> ArrayRef {
            if rows.is_empty() {
                return physical::nulls(self.types[at], 0);
            }
            ScalarValue::iter_to_array(rows.iter().map(|row| physical::scalar_value(&row[at])))
                .unwrap()
        };
        let mut arrays: Vec<ArrayRef> = (0..self.types.len()).map(column).collect();
        let numbers = ordinals.iter().map(|ordinal| i128::try_from(*ordinal).unwrap());
        match self.order {
            Order::Arrival => {}
            Order::Number => {
                let numbers = Decimal128Array::from_iter_values(numbers);
                arrays.push(Arc::new(numbers.with_data_type(self.order.data_type())));
            }
            Order::Key => {
                let keys = numbers.map(i128::to_be_bytes);
                arrays.push(Arc::new(BinaryArray::from_iter_values(keys)));
            }
        }
        arrays
    }

    fn same(&self, answer: &ArrayRef, expected: &[Value], how: &str) {
        let columns: Vec<ArrayRef> = match self.results {
            [_] => vec![answer.clone()],
            _ => answer
                .as_any()
                .downcast_ref::<arrow::array::StructArray>()
                .unwrap()
                .columns()
                .to_vec(),
        };
        let answers: Vec<Value> = columns
            .iter()
            .zip(self.results)
            .map(|(column, ty)| physical::value_at(column, 0, *ty))
            .collect();
        assert_eq!(format!("{answers:?}"), format!("{expected:?}"), "{:?}, {how}", self.udf);
    }
}
