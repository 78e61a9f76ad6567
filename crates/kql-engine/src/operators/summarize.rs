//! `summarize`, `count`

use std::sync::Arc;

use datafusion::functions::core::expr_fn::get_field;
use datafusion::logical_expr::{Aggregate, Expr, LogicalPlan};
use kql_functions::aggregate::aggregate_expr;
use kql_semantics::Type;
use kql_semantics::bound::{AggregateCall, ColumnId, Rowset, Scalar};

use crate::QueryError;
use crate::diagnostics::{function_not_supported, refused};
use crate::lower::Lowering;
use crate::plan::{Order, OrderKey, Plan, Strength, column, column_name, named};

/// The operator but its input.
#[derive(Clone, Copy)]
pub(crate) struct Parts<'a> {
    /// The group keys.
    pub(crate) keys: &'a [(ColumnId, Scalar)],
    /// The aggregates.
    pub(crate) aggregates: &'a [AggregateCall],
    /// Whether it gives a row even without input rows.
    pub(crate) is_total: bool,
}

pub(crate) fn lower(
    lowering: &mut Lowering<'_>,
    input: &Rowset,
    parts: &Parts<'_>,
) -> Result<Plan, QueryError> {
    let plan = lowering.rowset(input)?;
    summarized(lowering, plan, parts)
}

/// Rows in groups.
pub(crate) fn summarized(
    lowering: &Lowering<'_>,
    plan: Plan,
    parts: &Parts<'_>,
) -> Result<Plan, QueryError> {
    let Parts { keys, aggregates, is_total } = *parts;
    let mut scalars: Vec<&Scalar> = keys.iter().map(|(_, key)| key).collect();
    scalars.extend(aggregates.iter().flat_map(|call| &call.arguments));
    let plan = lowering.prepared(plan, &scalars)?;
    let mut groups = Vec::with_capacity(keys.len());
    for (id, key) in keys {
        groups.push(named(lowering.scalar(key)?, &column_name(*id)));
    }
    let mut computed = Vec::with_capacity(aggregates.len());
    let mut made: Vec<(Expr, String)> =
        keys.iter().map(|(id, _)| (column(&column_name(*id)), column_name(*id))).collect();
    for call in aggregates {
        let held = lowering.fresh("a");
        let (aggregate, outputs) = lower_aggregate(lowering, call, &held)?;
        computed.push(aggregate.alias(held));
        made.extend(outputs);
    }
    let _ = is_total;
    let grouped = Aggregate::try_new(Arc::new(plan.plan), groups, computed)?;
    let order = Order {
        keys: keys.iter().map(|(id, _)| OrderKey::ascending(column_name(*id))).collect(),
        strength: Strength::Derived,
    };
    Plan { plan: LogicalPlan::Aggregate(grouped), order }.project(made)
}

/// An aggregate's call, and its outputs over the column `held` that it fills.
fn lower_aggregate(
    lowering: &Lowering<'_>,
    call: &AggregateCall,
    held: &str,
) -> Result<(Expr, Vec<(Expr, String)>), QueryError> {
    let mut arguments = Vec::with_capacity(call.arguments.len());
    for argument in &call.arguments {
        arguments.push(lowering.scalar(argument)?);
    }
    let types: Vec<Type> = call.arguments.iter().map(|argument| argument.ty).collect();
    let Some(made) = aggregate_expr(&call.function, arguments, &types, &call.types) else {
        return Err(refused(function_not_supported(&call.function, call.span)));
    };
    let outputs = match call.outputs.as_slice() {
        [output] => vec![((made.finish)(column(held)), column_name(*output))],
        outputs => outputs
            .iter()
            .enumerate()
            .map(|(at, id)| (get_field(column(held), at.to_string()), column_name(*id)))
            .collect(),
    };
    Ok((made.aggregate, outputs))
}
