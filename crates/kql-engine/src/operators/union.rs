//! `union`

use std::sync::Arc;

use datafusion::logical_expr::{Expr, LogicalPlan, Projection, Union, lit};
use kql_functions::physical;
use kql_semantics::bound::{Rowset, UnionLeg, UnionRowset};

use crate::QueryError;
use crate::lower::Lowering;
use crate::operators::{print, reference};
use crate::plan::{Order, OrderKey, Plan, Strength, column, column_name, named};

pub(crate) fn lower(
    lowering: &mut Lowering<'_>,
    rowset: &Rowset,
    union: &UnionRowset,
) -> Result<Plan, QueryError> {
    let mut legs = Vec::with_capacity(union.legs.len());
    for (index, leg) in union.legs.iter().enumerate() {
        legs.push(lower_leg(lowering, rowset, union, (index, leg))?);
    }
    match legs.len() {
        0 => {
            let row = print::one_row();
            let columns = rowset.columns.iter();
            let nulls =
                columns.map(|column| (lit(physical::null(column.ty)), column_name(column.id)));
            row.project(nulls.collect())?.filter(lit(false))
        }
        _ => side_by_side(lowering, rowset, legs),
    }
}

/// One leg with the union's columns.
fn lower_leg(
    lowering: &mut Lowering<'_>,
    rowset: &Rowset,
    union: &UnionRowset,
    (index, leg): (usize, &UnionLeg),
) -> Result<Plan, QueryError> {
    let plan = lowering.rowset(&leg.rowset)?.all_one("`union`", rowset.span)?;
    let columns = rowset.columns.iter().zip(&union.columns).map(|(made, parts)| {
        let part = parts.get(index).copied().flatten();
        let value = match part {
            _ if union.source == Some(made.id) => lit(&*leg.name),
            Some(id) => column(&column_name(id)),
            None => lit(physical::null(made.ty)),
        };
        (value, column_name(made.id))
    });
    let columns = columns.collect();
    reference::renamed(lowering, plan, columns)
}

/// The rows of all legs. In order they are the first leg's in its order, then the second's: the keys of each leg are null
/// in all others.
fn side_by_side(
    lowering: &Lowering<'_>,
    rowset: &Rowset,
    legs: Vec<Plan>,
) -> Result<Plan, QueryError> {
    let ordinal = lowering.fresh("o");
    let mut order = Order {
        keys: vec![OrderKey::ascending(&ordinal)],
        strength: legs.iter().map(|leg| leg.order.strength).min().unwrap_or(Strength::Natural),
    };
    // What each leg's order is made of, beside the union's own columns, gets columns of its own in the union.
    let mut hidden: Vec<(usize, String, String, Expr)> = Vec::new();
    for (index, leg) in legs.iter().enumerate() {
        for key in &leg.order.keys {
            let field = leg.schema().field_with_unqualified_name(&key.column)?;
            let null = lit(datafusion::common::ScalarValue::try_from(field.data_type())?);
            let own = lowering.fresh("o");
            hidden.push((index, key.column.clone(), own.clone(), null));
            order.keys.push(OrderKey { column: own, ..key.clone() });
        }
    }
    let mut inputs = Vec::with_capacity(legs.len());
    for (index, leg) in legs.into_iter().enumerate() {
        let visible = rowset.columns.iter().map(|made| column(&column_name(made.id)));
        let mut columns: Vec<Expr> = visible.collect();
        columns.push(named(lit(i64::try_from(index).unwrap_or(i64::MAX)), &ordinal));
        for (of, from, own, null) in &hidden {
            let value = if *of == index { column(from) } else { null.clone() };
            columns.push(named(value, own));
        }
        let plan = Projection::try_new(columns, Arc::new(leg.plan))?;
        inputs.push(Arc::new(LogicalPlan::Projection(plan)));
    }
    if inputs.len() == 1 {
        let Some(plan) = inputs.pop() else { return Err(QueryError::Cancelled) };
        return Ok(Plan { plan: Arc::unwrap_or_clone(plan), order, apart: None });
    }
    let plan = LogicalPlan::Union(Union::try_new(inputs)?);
    Ok(Plan { plan, order, apart: None })
}
