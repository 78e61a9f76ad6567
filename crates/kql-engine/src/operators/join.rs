//! `join`, `lookup`

use std::sync::Arc;

use arrow::datatypes::DataType;
use datafusion::common::{JoinType, NullEquality};
use datafusion::functions::core::expr_fn::{coalesce, get_field};
use datafusion::logical_expr::{Aggregate, Expr, Join, JoinConstraint, LogicalPlan, lit};
use kql_functions::aggregate::first_row;
use kql_semantics::Type;
use kql_semantics::bound::{Column, JoinKind, JoinRowset, Rowset, Scalar, ScalarKind};

use crate::QueryError;
use crate::lower::Lowering;
use crate::plan::{Apart, Order, Plan, Strength, column, column_name, named};

pub(crate) fn lower(
    lowering: &mut Lowering<'_>,
    rowset: &Rowset,
    join: &JoinRowset,
) -> Result<Plan, QueryError> {
    let left = lowering.rowset(&join.left)?;
    let left = match (join.kind, &left.apart) {
        (
            JoinKind::InnerUnique
            | JoinKind::Inner
            | JoinKind::LeftOuter
            | JoinKind::LeftSemi
            | JoinKind::LeftAnti,
            Some(Apart { ghost: None, .. }),
        ) => left,
        _ => left.all_one("this kind of join", rowset.span)?,
    };
    let right =
        lowering.rowset(&join.right)?.all_one("such a right side of a join", rowset.span)?;
    let (lefts, rights): (Vec<&Scalar>, Vec<&Scalar>) =
        join.keys.iter().map(|(left, right)| (left, right)).unzip();
    let (mut left, left_keys) = with_keys(lowering, left, &lefts)?;
    let (right, right_keys) = with_keys(lowering, right, &rights)?;
    if join.kind == JoinKind::InnerUnique {
        let mut keys = left_keys.clone();
        keys.extend(left.apart.as_ref().map(|apart| apart.key.clone()));
        left = first_of_each(lowering, left, &join.left.columns, &keys)?;
    }
    let order = joined_order(join.kind, &left, &right);
    let apart = left.apart.take();
    let (kind, nullable) = kind_of(join.kind);
    let on = left_keys
        .iter()
        .zip(&right_keys)
        .map(|(left, right)| (column(left), column(right)))
        .collect();
    let joined = Join::try_new(
        Arc::new(left.plan),
        Arc::new(right.plan),
        on,
        None,
        kind,
        JoinConstraint::On,
        NullEquality::NullEqualsNull,
        false,
    )?;
    let plan = Plan { order, apart, ..Plan::unordered(LogicalPlan::Join(joined)) };
    plan.project(columns_of(rowset, join, nullable))
}

/// A side with its keys in columns.
fn with_keys(
    lowering: &mut Lowering<'_>,
    plan: Plan,
    keys: &[&Scalar],
) -> Result<(Plan, Vec<String>), QueryError> {
    let plan = lowering.prepared(plan, keys)?;
    let mut computed = Vec::new();
    let mut names = Vec::with_capacity(keys.len());
    for key in keys {
        match &key.kind {
            ScalarKind::Column(id) => names.push(column_name(*id)),
            _ => {
                let name = lowering.fresh("k");
                computed.push((lowering.scalar(key)?, name.clone()));
                names.push(name);
            }
        }
    }
    Ok((plan.extend(computed)?, names))
}

/// The first row of each key, in the input's order.
fn first_of_each(
    lowering: &Lowering<'_>,
    plan: Plan,
    columns: &[Column],
    keys: &[String],
) -> Result<Plan, QueryError> {
    let type_of = |name: &str| -> Result<DataType, QueryError> {
        Ok(plan.schema().field_with_unqualified_name(name)?.data_type().clone())
    };
    let mut kept: Vec<String> = columns.iter().map(|column| column_name(column.id)).collect();
    // What the order is made of is kept too, for the order of what the join gives.
    let order_keys: Vec<String> = plan.order.keys.iter().map(|key| key.column.clone()).collect();
    for name in order_keys.iter().chain(plan.apart.iter().flat_map(|apart| &apart.carried)) {
        if !kept.contains(name) {
            kept.push(name.clone());
        }
    }
    kept.retain(|name| !keys.contains(name));
    if kept.is_empty() {
        let groups = keys.iter().map(|name| column(name)).collect();
        let plan_of_keys = Aggregate::try_new(Arc::new(plan.plan), groups, Vec::new())?;
        return Ok(Plan { plan: LogicalPlan::Aggregate(plan_of_keys), ..plan });
    }
    let order_types = order_keys.iter().map(|name| type_of(name)).collect::<Result<_, _>>()?;
    let directions =
        plan.order.keys.iter().map(|key| (key.is_ascending, key.nulls_first)).collect();
    let kept_types = kept.iter().map(|name| type_of(name)).collect::<Result<_, _>>()?;
    let arguments = order_keys.iter().chain(&kept).map(|name| column(name)).collect();
    let first = first_row(order_types, directions, kept_types).call(arguments);
    let held = lowering.fresh("f");
    let groups = keys.iter().map(|name| column(name)).collect();
    let grouped = Aggregate::try_new(Arc::new(plan.plan), groups, vec![first.alias(held.clone())])?;
    let mut made: Vec<(Expr, String)> =
        keys.iter().map(|name| (column(name), name.clone())).collect();
    made.extend(
        kept.into_iter()
            .enumerate()
            .map(|(at, name)| (get_field(column(&held), at.to_string()), name)),
    );
    Plan { plan: LogicalPlan::Aggregate(grouped), ..plan }.project(made)
}

/// The order of what a join gives: the left side's, then the right one's.
fn joined_order(kind: JoinKind, left: &Plan, right: &Plan) -> Order {
    let keys = match kind {
        JoinKind::LeftSemi | JoinKind::LeftAnti => left.order.keys.clone(),
        JoinKind::RightSemi | JoinKind::RightAnti => right.order.keys.clone(),
        _ => left.order.keys.iter().chain(&right.order.keys).cloned().collect(),
    };
    Order { keys, strength: Strength::Natural }
}

/// DataFusion's kind, and whether left and right columns may be missing.
fn kind_of(kind: JoinKind) -> (JoinType, (bool, bool)) {
    match kind {
        JoinKind::InnerUnique | JoinKind::Inner => (JoinType::Inner, (false, false)),
        JoinKind::LeftOuter => (JoinType::Left, (false, true)),
        JoinKind::RightOuter => (JoinType::Right, (true, false)),
        JoinKind::FullOuter => (JoinType::Full, (true, true)),
        JoinKind::LeftSemi => (JoinType::LeftSemi, (false, false)),
        JoinKind::RightSemi => (JoinType::RightSemi, (false, false)),
        JoinKind::LeftAnti => (JoinType::LeftAnti, (false, false)),
        JoinKind::RightAnti => (JoinType::RightAnti, (false, false)),
    }
}

/// The columns of the join. A string that is missing is empty.
fn columns_of(
    rowset: &Rowset,
    join: &JoinRowset,
    (left, right): (bool, bool),
) -> Vec<(Expr, String)> {
    let is_of_left = |made: &Column| join.left.columns.iter().any(|column| column.id == made.id);
    rowset
        .columns
        .iter()
        .map(|made| {
            let name = column_name(made.id);
            let value = column(&name);
            let may_miss = if is_of_left(made) { left } else { right };
            if may_miss && made.ty == Type::String {
                let filled = coalesce(vec![value, lit("")]);
                return (named(filled, &name), name);
            }
            (value, name)
        })
        .collect()
}
