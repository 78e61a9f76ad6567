//! `top-nested`: the top values of each level within those of the level above.

use std::sync::Arc;

use datafusion::common::{JoinType, NullEquality};
use datafusion::logical_expr::{Join, JoinConstraint, LogicalPlan};
use kql_semantics::bound::{ColumnId, Rowset, Scalar, TopNestedLevelRowset, TopNestedRowset};

mod others;

use super::first_rows::FirstRows;
use super::summarize::{Parts, summarized};
use crate::QueryError;
use crate::lower::Lowering;
use crate::plan::{Apart, Order, OrderKey, Plan, Strength, column, column_name};

pub(crate) fn lower(
    lowering: &mut Lowering<'_>,
    rowset: &Rowset,
    top: &TopNestedRowset,
) -> Result<Plan, QueryError> {
    let mut input = lowering.rowset(&top.input)?;
    let has_others = top.levels.iter().any(|level| level.others.is_some());
    if has_others {
        input = input.all_one("`top-nested` with others", rowset.span)?;
    }
    // Runs of a subquery are a level above all.
    let apart = input.apart.clone();
    let ghost = apart.as_ref().and_then(|apart| apart.ghost.clone());
    let hidden: Vec<String> = apart.iter().flat_map(Apart::columns).collect();
    let mut above: Option<Plan> = None;
    // What each level kept, for the rows that it left out.
    let mut kept: Vec<Plan> = Vec::new();
    for (depth, level) in top.levels.iter().enumerate() {
        let levels = top.levels.get(..=depth).unwrap_or(&[]);
        let values = values_of(lowering, input.clone(), levels)?;
        let mut parents = hidden.clone();
        parents.extend(levels.iter().take(depth).map(|level| column_name(level.of.0)));
        let mut seen = std::collections::HashSet::new();
        parents.retain(|name| seen.insert(name.clone()));
        let within = match above.take() {
            Some(above) => joined(lowering, above, values, &parents)?,
            None => Plan { order: Order::default(), ..values },
        };
        let first = first_of(lowering, within, level, (parents, &ghost))?;
        kept.extend(has_others.then(|| first.clone()));
        above = Some(first);
    }
    let mut plan =
        above.ok_or_else(|| QueryError::Internal(String::from("top-nested without a level")))?;
    plan.apart = apart;
    let columns = rowset.columns.iter().map(|own| {
        let name = column_name(own.id);
        (column(&name), name)
    });
    let columns = columns.collect();
    if !has_others {
        return plan.project(columns);
    }
    let order = plan.order.clone();
    let mut legs = vec![plan.project(columns)?];
    for depth in (0..top.levels.len()).rev() {
        if top.levels.iter().skip(depth).any(|level| level.others.is_some()) {
            legs.push(others::left_out(lowering, input.clone(), (rowset, top), (depth, &kept))?);
        }
    }
    others::together(lowering, rowset, legs, order)
}

/// The values of a level under each combination of those above, with what ranks them.
fn values_of(
    lowering: &Lowering<'_>,
    input: Plan,
    levels: &[TopNestedLevelRowset],
) -> Result<Plan, QueryError> {
    let keys: Vec<(ColumnId, Scalar)> = levels.iter().map(|level| level.of.clone()).collect();
    let Some(level) = levels.last() else {
        return Err(QueryError::Internal(String::from("top-nested without a level")));
    };
    let parts = Parts { keys: &keys, aggregates: &level.aggregates, is_total: false };
    let plan = summarized(lowering, input, &parts)?;
    let (by, rank) = &level.by;
    let rank = lowering.scalar(rank)?;
    plan.extend(vec![(rank, column_name(*by))])
}

/// The values whose parents were kept, beside what is known of the parents.
fn joined(
    lowering: &Lowering<'_>,
    above: Plan,
    values: Plan,
    parents: &[String],
) -> Result<Plan, QueryError> {
    let fields = values.schema().fields().iter();
    let names: Vec<String> = fields.map(|field| field.name().clone()).collect();
    let mut on = Vec::with_capacity(parents.len());
    let renamed = names.into_iter().map(|name| match parents.contains(&name) {
        true => {
            let own = lowering.fresh("k");
            on.push((column(&name), column(&own)));
            (column(&name), own)
        }
        false => (column(&name), name),
    });
    let renamed = renamed.collect();
    let values = Plan::unordered(values.plan).project(renamed)?;
    let join = Join::try_new(
        Arc::new(above.plan),
        Arc::new(values.plan),
        on,
        None,
        JoinType::Inner,
        JoinConstraint::On,
        NullEquality::NullEqualsNull,
        false,
    )?;
    Ok(Plan { order: above.order, ..Plan::unordered(LogicalPlan::Join(join)) })
}

/// The top ones of each parent.
fn first_of(
    lowering: &Lowering<'_>,
    mut plan: Plan,
    level: &TopNestedLevelRowset,
    (parents, ghost): (Vec<String>, &Option<String>),
) -> Result<Plan, QueryError> {
    let mut keys = std::mem::take(&mut plan.order.keys);
    if keys.is_empty() {
        keys.extend(parents.iter().map(OrderKey::ascending));
    }
    let is_ascending = level.is_ascending;
    let rank = column_name(level.by.0);
    keys.push(OrderKey { column: rank, is_ascending, nulls_first: false });
    keys.push(OrderKey::ascending(column_name(level.of.0)));
    plan.order = Order { keys, strength: Strength::Written };
    let Some(count) = &level.count else { return Ok(plan) };
    let count = lowering.count(count)?;
    if parents.is_empty() {
        return Ok(plan.sorted(Some(count)));
    }
    plan.in_order(Arc::new(FirstRows { keys: parents, count, ghost: ghost.clone() }))
}
