//! How a row of each group is kept.

use std::sync::Arc;

use arrow::datatypes::{DataType, Field, Fields};
use datafusion::logical_expr::AggregateUDF;
use kql_semantics::Type;

use crate::aggregate::Order;
use crate::aggregate::keep::best::Best;
use crate::aggregate::keep::rank::Preference;
use crate::aggregate::ours::{Keeper, Parts};
use crate::physical;

/// Keeps the row whose first argument is preferred; of several such rows, the first of the input.
pub(super) fn make(
    name: &'static str,
    types: &[Type],
    results: &[Type],
    order: Order,
    preference: Preference,
) -> Option<Arc<AggregateUDF>> {
    let first = *types.first()?;
    let is_ranked = matches!(preference, Preference::Highest | Preference::Lowest);
    // The binder has no order for these; an argument of an unknown type may still come here.
    if is_ranked && matches!(first, Type::Dynamic | Type::Unknown) || types.len() != results.len() {
        return None;
    }
    let fields: Fields = types
        .iter()
        .enumerate()
        .map(|(at, ty)| Field::new(at.to_string(), physical::data_type(*ty), true))
        .collect();
    let (returns, fields) = match types.len() {
        1 => (physical::data_type(first), None),
        _ => (DataType::Struct(fields.clone()), Some(fields)),
    };
    let kept = types.iter().map(|ty| physical::data_type(*ty)).collect();
    let state = Best::state_types(kept, order);
    let kept = types.to_vec();
    let make = move || {
        let best = Best::new(&kept, fields.clone(), preference, order);
        Ok(Box::new(best) as Box<dyn Keeper>)
    };
    Some(Parts { name, types: types.to_vec(), order, returns, state, make }.udf())
}

#[cfg(test)]
mod tests {
    use crate::aggregate::testing::check;
    use crate::testing::{decimal, text};
    use kql_semantics::{Type, Value};

    fn extremes(values: &[Value], highest: usize, lowest: usize) {
        let numbered: Vec<[Value; 2]> =
            (0_i64..).zip(values).map(|(at, value)| [value.clone(), Value::Long(at)]).collect();
        let rows: Vec<&[Value]> = numbered.iter().map(<[Value; 2]>::as_slice).collect();
        let types = [values[0].ty(), Type::Long];
        check("arg_max", &types, &types, &rows, rows[highest]);
        check("arg_min", &types, &types, &rows, rows[lowest]);
    }

    #[test]
    fn the_first_of_the_highest_and_lowest() {
        let long = Value::Long;
        extremes(&[long(1), long(3), long(-5), long(3), long(-5)], 1, 2);
        extremes(&[Value::Null(Type::Long), long(i64::MIN), long(i64::MAX)], 2, 1);
        extremes(&[Value::Null(Type::Long), Value::Null(Type::Long)], 0, 0);
        extremes(&[Value::Int(-1), Value::Int(1)], 1, 0);
        extremes(&[Value::Bool(false), Value::Bool(true), Value::Bool(true)], 1, 0);
        let reals = [1.0, f64::NAN, f64::INFINITY, f64::NAN];
        extremes(&reals.map(Value::Real), 1, 1);
        extremes(&[Value::Real(-0.0), Value::Real(0.0), Value::Real(-1.5)], 0, 2);
        extremes(&[text("b"), text("ab"), text(""), text("b")], 0, 2);
        extremes(&[decimal("1.5"), decimal("-2"), decimal("10")], 2, 1);
    }

    #[test]
    fn any_row_is_the_first_but_a_value_that_is_there_is_preferred() {
        let types = [Type::String];
        let rows: [&[Value]; 3] = [&[text("")], &[text("a")], &[text("b")]];
        check("take_any", &types, &types, &rows, &[text("a")]);
        check("take_any", &types, &types, &rows[..1], &[text("")]);
        let types = [Type::String, Type::Long];
        let rows: [&[Value]; 2] = [&[text(""), Value::Long(1)], &[text("a"), Value::Long(2)]];
        check("take_any", &types, &types, &rows, rows[0]);
        let types = [Type::Long];
        check("arg_max", &types, &types, &[], &[Value::Null(Type::Long)]);
    }

    #[test]
    fn many_groups_of_many_batches() {
        use arrow::array::{Array, ArrayRef, AsArray, Int64Array, StringArray};
        use datafusion::logical_expr::EmitTo;
        use std::sync::Arc;

        use super::{Order, Preference};

        let types = [Type::Long, Type::String];
        let udf = super::make("arg_max", &types, &types, Order::Arrival, Preference::Highest);
        let mut keeper = crate::aggregate::ours::keeper_of(&udf.unwrap()).unwrap();
        keeper.resize(1000);
        let mut highest = vec![-1; 1000];
        for batch in 0..200_i64 {
            let groups: Vec<usize> =
                (0..500).map(|row| (row * 7 + batch as usize) % 1000).collect();
            let values = Int64Array::from_iter_values(groups.iter().map(|_| batch % 100));
            let texts = groups.iter().map(|group| format!("{group}/{batch}"));
            let columns: Vec<ArrayRef> =
                vec![Arc::new(values), Arc::new(StringArray::from_iter_values(texts))];
            keeper.update(&columns, &groups).unwrap();
            for group in groups {
                highest[group] = highest[group].max(batch % 100);
            }
        }
        assert!(keeper.size() < 3_000_000, "{}", keeper.size());
        let first = keeper.evaluate(EmitTo::First(10)).unwrap();
        let rest = keeper.evaluate(EmitTo::All).unwrap();
        assert_eq!((first.len(), rest.len()), (10, 990));
        for (from, answer) in [(0, first), (10, rest)] {
            let columns = answer.as_struct();
            for row in 0..columns.len() {
                let text = columns.column(1).as_string::<i32>().value(row);
                let (group, batch) = text.split_once('/').unwrap();
                let value =
                    columns.column(0).as_primitive::<arrow::datatypes::Int64Type>().value(row);
                assert_eq!(group.parse::<usize>().unwrap(), row + from);
                assert_eq!(batch.parse::<i64>().unwrap() % 100, value);
                assert_eq!(value, highest[row + from]);
            }
        }
    }
}
