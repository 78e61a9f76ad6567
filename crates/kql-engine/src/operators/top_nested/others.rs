//! `with others`: what the levels left out, as rows beside those that they kept.
//!
//! What a level leaves out of a group makes one row. In it this level and those below have their `others` constants, or
//! nothing, and those with a constant an aggregate over all that was left out. The row is there where one of them has a constant.

use std::sync::Arc;

use datafusion::common::{JoinType, NullEquality};
use datafusion::logical_expr::{Expr, Join, JoinConstraint, LogicalPlan, Projection, Union, lit};
use kql_functions::physical;
use kql_semantics::bound::{
    AggregateCall, ColumnId, Rowset, Scalar, TopNestedLevelRowset, TopNestedRowset,
};
use kql_semantics::{Type, Value};

use super::joined;
use crate::QueryError;
use crate::lower::Lowering;
use crate::operators::barrier::Barrier;
use crate::operators::summarize::{Parts, summarized};
use crate::plan::{Order, OrderKey, Plan, Strength, column, column_name, named};

/// A key that is the same for all rows: without rows there is no group then.
const ALL: ColumnId = ColumnId(u32::MAX);

/// The rows for what the level at `depth` left out; `kept` is what each level kept.
pub(super) fn left_out(
    lowering: &Lowering<'_>,
    input: Plan,
    (rowset, top): (&Rowset, &TopNestedRowset),
    (depth, kept): (usize, &[Plan]),
) -> Result<Plan, QueryError> {
    let (parents, below) = top.levels.split_at(depth.min(top.levels.len()));
    let all = top.levels.get(..=depth).unwrap_or(&[]);
    let mut rows = input;
    if let Some(own) = kept.get(depth) {
        rows = without(lowering, rows, all, own)?;
    }
    let mut keys: Vec<(ColumnId, Scalar)> = parents.iter().map(|level| level.of.clone()).collect();
    let at = rowset.span;
    keys.push((ALL, Scalar::literal(Value::Long(0), at)));
    let counted = || below.iter().filter(|level| level.others.is_some());
    let aggregates: Vec<AggregateCall> =
        counted().flat_map(|level| level.aggregates.clone()).collect();
    let parts = Parts { keys: &keys, aggregates: &aggregates, is_total: false };
    let mut rows = summarized(lowering, rows, &parts)?;
    let mut ranks = Vec::new();
    for level in counted() {
        ranks.push((lowering.scalar(&level.by.1)?, column_name(level.by.0)));
    }
    rows = rows.extend(ranks)?;
    if let Some(above) = depth.checked_sub(1).and_then(|above| kept.get(above)) {
        let names: Vec<String> = parents.iter().map(|level| column_name(level.of.0)).collect();
        rows = joined(lowering, above.clone(), rows, &names)?;
    }
    let mut columns = Vec::with_capacity(rowset.columns.len());
    for own in &rowset.columns {
        let name = column_name(own.id);
        columns.push((value_of(lowering, below, own.id, own.ty)?, name));
    }
    Plan::unordered(rows.plan).project(columns)
}

/// What a column holds in a row of what was left out.
fn value_of(
    lowering: &Lowering<'_>,
    below: &[TopNestedLevelRowset],
    id: ColumnId,
    ty: Type,
) -> Result<Expr, QueryError> {
    for level in below {
        match &level.others {
            Some(others) if level.of.0 == id => {
                return lowering.converted(lowering.scalar(others)?, others.ty, ty, others.span);
            }
            None if level.of.0 == id || level.by.0 == id => return Ok(lit(physical::null(ty))),
            _ => {}
        }
    }
    Ok(column(&column_name(id)))
}

/// The rows whose values at these levels are not among those that were kept.
fn without(
    lowering: &Lowering<'_>,
    rows: Plan,
    levels: &[TopNestedLevelRowset],
    kept: &Plan,
) -> Result<Plan, QueryError> {
    let scalars: Vec<&Scalar> = levels.iter().map(|level| &level.of.1).collect();
    let rows = lowering.prepared(rows, &scalars)?;
    let (mut values, mut known, mut on) = (Vec::new(), Vec::new(), Vec::new());
    for level in levels {
        let (value, other) = (lowering.fresh("x"), lowering.fresh("k"));
        values.push((lowering.scalar(&level.of.1)?, value.clone()));
        on.push((column(&value), column(&other)));
        known.push((column(&column_name(level.of.0)), other));
    }
    let rows = rows.extend(values)?;
    let known = Plan::unordered(kept.plan.clone()).project(known)?;
    let join = Join::try_new(
        Arc::new(rows.plan),
        Arc::new(known.plan),
        on,
        None,
        JoinType::LeftAnti,
        JoinConstraint::On,
        NullEquality::NullEqualsNull,
        false,
    )?;
    Ok(Plan { order: rows.order, ..Plan::unordered(LogicalPlan::Join(join)) })
}

/// All rows: those that were kept first.
pub(super) fn together(
    lowering: &Lowering<'_>,
    rowset: &Rowset,
    legs: Vec<Plan>,
    order: Order,
) -> Result<Plan, QueryError> {
    let ordinal = lowering.fresh("o");
    let visible: Vec<String> = rowset.columns.iter().map(|own| column_name(own.id)).collect();
    let mut inputs = Vec::with_capacity(legs.len());
    for (at, leg) in legs.into_iter().enumerate() {
        let mut columns: Vec<Expr> = visible.iter().map(|name| column(name)).collect();
        columns.push(named(lit(i64::try_from(at).unwrap_or(i64::MAX)), &ordinal));
        let plan = Projection::try_new(columns, Arc::new(leg.plan))?;
        inputs.push(Arc::new(LogicalPlan::Projection(plan)));
    }
    let mut keys = vec![OrderKey::ascending(&ordinal)];
    keys.extend(order.keys.into_iter().filter(|key| visible.contains(&key.column)));
    let order = Order { keys, strength: Strength::Written };
    let plan = LogicalPlan::Union(Union::try_new(inputs)?);
    Plan { order, ..Plan::unordered(plan) }.operator(Arc::new(Barrier))
}
