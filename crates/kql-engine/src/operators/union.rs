//! `union`

use std::collections::HashMap;
use std::sync::Arc;

use arrow::datatypes::DataType;
use datafusion::common::ScalarValue;
use datafusion::logical_expr::{Expr, LogicalPlan, Projection, Union, lit};
use kql_functions::physical;
use kql_semantics::Type;
use kql_semantics::bound::{ColumnId, Rowset, RowsetKind, UnionLeg, UnionRowset};

use crate::QueryError;
use crate::diagnostics::{not_supported, refused};
use crate::lower::Lowering;
use crate::operators::{print, reference};
use crate::plan::{Apart, Order, OrderKey, Plan, Strength, column, column_name, named};

pub(crate) fn lower(
    lowering: &mut Lowering<'_>,
    rowset: &Rowset,
    union: &UnionRowset,
) -> Result<Plan, QueryError> {
    let mut parts: Vec<HashMap<ColumnId, ColumnId>> = vec![HashMap::new(); union.legs.len()];
    for (made, of_legs) in rowset.columns.iter().zip(&union.columns) {
        for (leg, id) in of_legs {
            if let Some(parts) = parts.get_mut(*leg) {
                parts.insert(made.id, *id);
            }
        }
    }
    let mut legs = Vec::new();
    for (leg, parts) in union.legs.iter().zip(&parts) {
        // Of two thousand known tables few hold data.
        if !is_empty(lowering, &leg.rowset) {
            legs.push(lower_leg(lowering, rowset, union.source, (leg, parts))?);
        }
    }
    let apart = apart(rowset, &legs)?;
    match legs.len() {
        0 => {
            let row = print::one_row();
            let columns = rowset.columns.iter();
            let nulls =
                columns.map(|column| (lit(physical::null(column.ty)), column_name(column.id)));
            row.project(nulls.collect())?.filter(lit(false))
        }
        _ => side_by_side(lowering, rowset, legs, apart),
    }
}

/// One leg with the union's columns.
fn lower_leg(
    lowering: &mut Lowering<'_>,
    rowset: &Rowset,
    source: Option<ColumnId>,
    (leg, parts): (&UnionLeg, &HashMap<ColumnId, ColumnId>),
) -> Result<Plan, QueryError> {
    let plan = lowering.rowset(&leg.rowset)?;
    let types: HashMap<ColumnId, Type> =
        leg.rowset.columns.iter().map(|column| (column.id, column.ty)).collect();
    let columns = rowset.columns.iter().map(|made| {
        let value = match parts.get(&made.id) {
            _ if source == Some(made.id) => lit(&*leg.name),
            Some(id) => {
                let ty = types.get(id).copied().unwrap_or(made.ty);
                lowering.converted(column(&column_name(*id)), ty, made.ty, rowset.span)?
            }
            None => lit(physical::null(made.ty)),
        };
        Ok((value, column_name(made.id)))
    });
    let columns = columns.collect::<Result<_, QueryError>>()?;
    reference::renamed(lowering, plan, columns)
}

/// Whether a rowset is the rows of a table without data, and what is left of them.
fn is_empty(lowering: &Lowering<'_>, rowset: &Rowset) -> bool {
    match &rowset.kind {
        RowsetKind::Table(table) => lowering.tables.source(&table.name).is_none(),
        RowsetKind::Filter { input, .. }
        | RowsetKind::Extend { input, .. }
        | RowsetKind::Project { input, .. } => is_empty(lowering, input),
        _ => false,
    }
}

/// What keeps the rows of runs apart, where all legs are of the same runs.
fn apart(rowset: &Rowset, legs: &[Plan]) -> Result<Option<Apart>, QueryError> {
    let mut aparts = legs.iter().map(|leg| leg.apart.as_ref());
    let first = aparts.next().flatten();
    let columns = |apart: Option<&Apart>| apart.map(|apart| apart.columns().collect::<Vec<_>>());
    match aparts.all(|other| columns(other) == columns(first)) {
        true => Ok(first.cloned()),
        false => {
            Err(refused(not_supported("a `union` of a subquery's rows with others", rowset.span)))
        }
    }
}

/// The rows of all legs. In order they are the first leg's in its order, then the second's.
fn side_by_side(
    lowering: &Lowering<'_>,
    rowset: &Rowset,
    legs: Vec<Plan>,
    apart: Option<Apart>,
) -> Result<Plan, QueryError> {
    let ordinal = lowering.fresh("o");
    let strength = legs.iter().map(|leg| leg.order.strength).min().unwrap_or(Strength::Natural);
    let mut slots: Vec<Slot> = Vec::new();
    let mut places = Vec::with_capacity(legs.len());
    for leg in &legs {
        places.push(places_of(lowering, leg, &mut slots)?);
    }
    let mut inputs = Vec::with_capacity(legs.len());
    for ((index, leg), places) in legs.into_iter().enumerate().zip(places) {
        let visible = rowset.columns.iter().map(|made| column(&column_name(made.id)));
        let mut columns: Vec<Expr> = visible.collect();
        for name in apart.iter().flat_map(Apart::columns) {
            let hidden = column(&name);
            if !columns.contains(&hidden) {
                columns.push(hidden);
            }
        }
        columns.push(named(lit(i64::try_from(index).unwrap_or(i64::MAX)), &ordinal));
        for (at, slot) in slots.iter().enumerate() {
            let key = places.iter().position(|place| *place == at);
            let value = match key.and_then(|key| leg.order.keys.get(key)) {
                Some(key) => column(&key.column),
                None => lit(ScalarValue::try_from(&slot.ty)?),
            };
            columns.push(named(value, &slot.key.column));
        }
        let plan = Projection::try_new(columns, Arc::new(leg.plan))?;
        inputs.push(Arc::new(LogicalPlan::Projection(plan)));
    }
    let mut keys = vec![OrderKey::ascending(&ordinal)];
    keys.extend(slots.into_iter().map(|slot| slot.key));
    let order = Order { keys, strength };
    if inputs.len() == 1
        && let Some(plan) = inputs.pop()
    {
        return Ok(Plan { order, apart, ..Plan::unordered(Arc::unwrap_or_clone(plan)) });
    }
    let plan = LogicalPlan::Union(Union::try_new(inputs)?);
    let plan = Plan { order, apart, ..Plan::unordered(plan) };
    plan.operator(Arc::new(super::barrier::Barrier))
}

/// A column of the union that keys of its legs' orders stand in: those of one type and direction share one.
struct Slot {
    key: OrderKey,
    ty: DataType,
}

/// The slots of a leg's keys, in order; new ones are made where the others do not fit.
fn places_of(
    lowering: &Lowering<'_>,
    leg: &Plan,
    slots: &mut Vec<Slot>,
) -> Result<Vec<usize>, QueryError> {
    let mut places: Vec<usize> = Vec::with_capacity(leg.order.keys.len());
    for key in &leg.order.keys {
        let ty = leg.schema().field_with_unqualified_name(&key.column)?.data_type();
        let from = places.last().map_or(0, |last| last + 1);
        let fits = |slot: &Slot| {
            slot.ty == *ty
                && slot.key.is_ascending == key.is_ascending
                && slot.key.nulls_first == key.nulls_first
        };
        let known = slots.iter().skip(from).position(fits).map(|at| at + from);
        let place = known.unwrap_or_else(|| {
            let key = OrderKey { column: lowering.fresh("o"), ..key.clone() };
            slots.push(Slot { key, ty: ty.clone() });
            slots.len() - 1
        });
        places.push(place);
    }
    Ok(places)
}
