//! How bits are folded.

use std::sync::Arc;

use arrow::datatypes::{Int32Type, Int64Type};
use datafusion::logical_expr::AggregateUDF;
use kql_semantics::Type;

use crate::aggregate::keep::fold::fold;

/// What is done with two numbers of 32 bits, and with two of 64.
type Folds = (fn(i32, i32) -> i32, fn(i64, i64) -> i64);

/// Folds whole numbers; none for other types, whose bits Kusto does not show.
pub(super) fn bits(name: &'static str, types: &[Type], with: Folds) -> Option<Arc<AggregateUDF>> {
    match types {
        [Type::Int] => Some(fold::<Int32Type>(name, Type::Int, with.0)),
        [Type::Long] => Some(fold::<Int64Type>(name, Type::Long, with.1)),
        _ => None,
    }
}
