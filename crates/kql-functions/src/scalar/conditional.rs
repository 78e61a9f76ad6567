//! Functions that choose between values, and that ask whether a value is there.

use std::sync::Arc;

use datafusion::common::ScalarValue;
use datafusion::logical_expr::expr::{Case, ScalarFunction};
use datafusion::logical_expr::{Expr, lit};
use kql_semantics::Type;

mod assert;
mod case;
mod coalesce;
mod iff;
mod isnotnull;
mod isnull;
mod max_of;
mod min_of;
mod not;

family![assert, case, coalesce, iff, isnotnull, isnull, max_of, min_of, not];

/// Conditions, each with its value behind it, and at the end the value where none of them holds.
fn choice(arguments: Vec<Expr>, types: &[Type]) -> Expr {
    let is_condition = |index: usize| index.is_multiple_of(2) && index + 1 < types.len();
    let (mut conditions, mut values, mut value_types) = (Vec::new(), Vec::new(), Vec::new());
    for (index, argument) in arguments.into_iter().enumerate() {
        if is_condition(index) {
            conditions.push(Box::new(argument));
        } else {
            values.push(argument);
            value_types.extend(types.get(index));
        }
    }
    let (mut values, _) = unified(values, &value_types);
    let Some(otherwise) = values.pop() else { return lit(ScalarValue::Null) };
    if conditions.is_empty() {
        return otherwise;
    }
    let pairs = conditions.into_iter().zip(values.into_iter().map(Box::new)).collect();
    Expr::Case(Case::new(None, pairs, Some(Box::new(otherwise))))
}

/// Values brought to one type, and which that is. The binder has done so already where it knew all the types.
fn unified(values: Vec<Expr>, types: &[Type]) -> (Vec<Expr>, Type) {
    let ty = types.iter().copied().reduce(common_type).unwrap_or(Type::Dynamic);
    let values = values.into_iter().zip(types).map(|(value, from)| converted(value, *from, ty));
    (values.collect(), ty)
}

fn common_type(a: Type, b: Type) -> Type {
    match (a, b) {
        _ if a == b => a,
        (Type::Dynamic | Type::Unknown, other) | (other, Type::Dynamic | Type::Unknown) => other,
        _ if a.is_numeric() && b.is_numeric() => [Type::Decimal, Type::Real]
            .into_iter()
            .find(|ty| a == *ty || b == *ty)
            .unwrap_or(Type::Long),
        _ => Type::Dynamic,
    }
}

fn converted(value: Expr, from: Type, to: Type) -> Expr {
    if from == to {
        return value;
    }
    let convert = super::scalar_function("$convert")
        .and_then(|function| crate::udf::scalar_udf(function, vec![from], to));
    match convert {
        Some(convert) => {
            Expr::ScalarFunction(ScalarFunction::new_udf(Arc::clone(&convert), vec![value]))
        }
        None => value,
    }
}
