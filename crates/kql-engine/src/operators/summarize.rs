//! `summarize`, `count`

use std::sync::Arc;

use datafusion::functions::core::expr_fn::get_field;
use datafusion::functions_aggregate::expr_fn::first_value;
use datafusion::logical_expr::{Aggregate, Expr, LogicalPlan, not};
use kql_functions::aggregate::{self, OrderColumn, order_key, ordered_aggregate_expr};
use kql_semantics::Type;
use kql_semantics::bound::{AggregateCall, ColumnId, Rowset, RowsetKind, Scalar};

use crate::QueryError;
use crate::diagnostics::{function_not_supported, refused};
use crate::lower::Lowering;
use crate::plan::{Apart, Order, OrderKey, Plan, Strength, column, column_name, named};

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
        let (aggregate, outputs) = lower_aggregate(lowering, &plan, call, &held)?;
        computed.push(aggregate.alias(held));
        made.extend(outputs);
    }
    let apart =
        apart(lowering, plan.apart.as_ref(), is_total, (&mut groups, &mut computed, &mut made));
    let grouped = Aggregate::try_new(Arc::new(plan.plan), groups, computed)?;
    let order = Order {
        keys: keys.iter().map(|(id, _)| OrderKey::ascending(column_name(*id))).collect(),
        strength: Strength::Derived,
    };
    Plan { order, apart, ..Plan::unordered(LogicalPlan::Aggregate(grouped)) }.project(made)
}

/// Groups, aggregates, and what is made of them.
type Grouping<'a> = (&'a mut Vec<Expr>, &'a mut Vec<Expr>, &'a mut Vec<(Expr, String)>);

/// Makes groups within the runs of a subquery, where there are such; gives what keeps the groups' rows apart.
fn apart(
    lowering: &Lowering<'_>,
    apart: Option<&Apart>,
    is_total: bool,
    (groups, computed, made): Grouping<'_>,
) -> Option<Apart> {
    let Apart { key, carried, ghost } = apart?;
    groups.push(column(key));
    if let Some(ghost) = ghost {
        // Rows that are none make a group of their own, or with all others one in which they do not count.
        if is_total {
            computed.iter_mut().for_each(|aggregate| without(aggregate, ghost));
        } else {
            groups.push(column(ghost));
        }
    }
    for name in carried {
        if !made.iter().any(|(_, known)| known == name) {
            let held = lowering.fresh("a");
            computed.push(first_value(column(name), Vec::new()).alias(held.clone()));
            made.push((column(&held), name.clone()));
        }
    }
    let ghost = ghost.clone().filter(|_| !is_total);
    Some(Apart { key: key.clone(), carried: carried.clone(), ghost })
}

/// An aggregate over the rows that are not marked.
fn without(aggregate: &mut Expr, mark: &str) {
    over(aggregate, &not(column(mark)));
}

/// An aggregate over just the rows that count.
pub(super) fn over(aggregate: &mut Expr, counts: &Expr) {
    match aggregate {
        Expr::Alias(alias) => over(&mut alias.expr, counts),
        Expr::AggregateFunction(function) => {
            let counts = counts.clone();
            let filter = match function.params.filter.take() {
                Some(filter) => counts.and(*filter),
                None => counts,
            };
            function.params.filter = Some(Box::new(filter));
        }
        _ => {}
    }
}

/// Whether a subquery makes a row of all its rows, so that a run without any still gives one.
pub(crate) fn summarizes_all(body: &Rowset) -> bool {
    let mut found = false;
    body.walk(&mut |rowset| {
        found |= matches!(rowset.kind, RowsetKind::Summarize { is_total: true, .. });
    });
    found
}

/// An aggregate's call, and its outputs over the column `held` that it fills.
pub(super) fn lower_aggregate(
    lowering: &Lowering<'_>,
    plan: &Plan,
    call: &AggregateCall,
    held: &str,
) -> Result<(Expr, Vec<(Expr, String)>), QueryError> {
    let mut arguments = Vec::with_capacity(call.arguments.len());
    for argument in &call.arguments {
        arguments.push(lowering.scalar(argument)?);
    }
    let types: Vec<Type> = call.arguments.iter().map(|argument| argument.ty).collect();
    let results = &call.types;
    let ordinal = ordinal(plan, call)?;
    let made = ordered_aggregate_expr(&call.function, arguments, &types, results, ordinal);
    let Some(made) = made else {
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

/// Where a row stands, for an aggregate whose answer depends on that.
fn ordinal(
    plan: &Plan,
    call: &AggregateCall,
) -> Result<Option<(Expr, aggregate::Order)>, QueryError> {
    if !aggregate::is_ordered(&call.function) {
        return Ok(None);
    }
    let mut columns = Vec::with_capacity(plan.order.keys.len());
    for key in &plan.order.keys {
        let field = plan.schema().field_with_unqualified_name(&key.column)?;
        let ordered = OrderColumn {
            data_type: field.data_type().clone(),
            is_ascending: key.is_ascending,
            nulls_first: key.nulls_first,
        };
        columns.push((column(&key.column), ordered));
    }
    Ok(order_key(columns))
}
