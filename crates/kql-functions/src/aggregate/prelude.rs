//! What nearly every aggregate's file needs.

pub(crate) use arrow::datatypes::{DataType, Float64Type};
pub(crate) use datafusion::functions::core::expr_fn::coalesce;
pub(crate) use datafusion::functions_aggregate::expr_fn::{count, max, min, sum};
pub(crate) use datafusion::logical_expr::{Expr, cast, lit};
pub(crate) use kql_semantics::{Type, Value};

pub(crate) use crate::aggregate::{Aggregate, AggregateExpr, AggregateMeaning};
pub(crate) use crate::function::Example;
pub(crate) use crate::physical;
