//! `union`

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use arrow::datatypes::{DataType, Field};
use datafusion::common::ScalarValue;
use datafusion::logical_expr::{Expr, LogicalPlan, Projection, Union, lit};
use kql_functions::physical;
use kql_semantics::Type;
use kql_semantics::bound::{Column, ColumnId, Rowset, RowsetKind, UnionLeg, UnionRowset};
use kql_syntax::Span;

use crate::QueryError;
use crate::diagnostics::{not_supported, refused};
use crate::lower::Lowering;
use crate::operators::widen::{Given, Widen};
use crate::operators::{print, reference};
use crate::plan::{Apart, Order, OrderKey, Plan, Strength, column, column_name, named};

/// Up to so many columns a leg's are a projection, into which filters and the choice of columns are pushed.
const WIDE: usize = 400;

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
    let is_read = |column: &&Column| !lowering.unread.contains(&column.id);
    let made: Vec<Column> = rowset.columns.iter().filter(is_read).cloned().collect();
    let mut legs = Vec::new();
    for (leg, parts) in union.legs.iter().zip(&parts) {
        // Of two thousand known tables few hold data.
        if !is_empty(lowering, &leg.rowset) {
            legs.push(lower_leg(lowering, (&made, rowset.span), union.source, (leg, parts))?);
        }
    }
    let apart = apart(rowset, &legs)?;
    match legs.len() {
        0 => {
            let row = print::one_row();
            let nulls =
                made.iter().map(|column| (lit(physical::null(column.ty)), column_name(column.id)));
            row.project(nulls.collect())?.filter(lit(false))
        }
        _ => side_by_side(lowering, &made, legs, apart),
    }
}

/// One leg with the union's columns.
fn lower_leg(
    lowering: &mut Lowering<'_>,
    (made, span): (&[Column], Span),
    source: Option<ColumnId>,
    (leg, parts): (&UnionLeg, &HashMap<ColumnId, ColumnId>),
) -> Result<Plan, QueryError> {
    let plan = lowering.rowset(&leg.rowset)?;
    let types: HashMap<ColumnId, Type> =
        leg.rowset.columns.iter().map(|column| (column.id, column.ty)).collect();
    let is_wide = is_wide(made);
    let is_given =
        |made: &&Column| !is_wide || source == Some(made.id) || parts.contains_key(&made.id);
    let columns = made.iter().filter(is_given).map(|made| {
        let value = match parts.get(&made.id) {
            _ if source == Some(made.id) => lit(&*leg.name),
            Some(id) => {
                let ty = types.get(id).copied().unwrap_or(made.ty);
                lowering.converted(column(&column_name(*id)), ty, made.ty, span)?
            }
            None => lit(physical::null(made.ty)),
        };
        Ok((value, column_name(made.id)))
    });
    let columns = columns.collect::<Result<_, QueryError>>()?;
    reference::renamed(lowering, plan, columns)
}

/// Whether legs are made wide by an operator of their own.
const fn is_wide(made: &[Column]) -> bool {
    made.len() > WIDE
}

/// Whether a rowset is the rows of a table without data, and what is left of them.
fn is_empty(lowering: &Lowering<'_>, rowset: &Rowset) -> bool {
    match &rowset.kind {
        RowsetKind::Table(table) => {
            table.elsewhere.is_none() && lowering.tables.source(&table.name).is_none()
        }
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
    made: &[Column],
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
    let is_ingestion_known = legs.iter().any(|leg| leg.ingested.is_some());
    let ingested = is_ingestion_known.then(|| lowering.fresh("i"));
    let mut inputs = Vec::with_capacity(legs.len());
    for ((index, leg), places) in legs.into_iter().enumerate().zip(places) {
        if is_wide(made) && apart.is_none() {
            inputs.push(Arc::new(widened(made, leg, (index, &ordinal), (&places, &slots))?));
            continue;
        }
        let visible = made.iter().map(|made| match leg.has_column(&column_name(made.id)) {
            true => column(&column_name(made.id)),
            false => named(lit(physical::null(made.ty)), &column_name(made.id)),
        });
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
        if let Some(made) = &ingested {
            let unknown = || lit(physical::null(Type::DateTime));
            let time = leg.ingested.as_deref().map_or_else(unknown, column);
            columns.push(named(time, made));
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
        let plan = Plan::unordered(Arc::unwrap_or_clone(plan));
        return Ok(Plan { order, apart, ingested, ..plan });
    }
    let plan = LogicalPlan::Union(Union::try_new(inputs)?);
    let plan = Plan { order, apart, ingested, ..Plan::unordered(plan) };
    plan.operator(Arc::new(super::barrier::Barrier))
}

/// A leg with all columns of a union that has very many.
fn widened(
    made: &[Column],
    leg: Plan,
    (index, ordinal): (usize, &str),
    (places, slots): (&[usize], &[Slot]),
) -> Result<LogicalPlan, QueryError> {
    let own: HashSet<&str> = leg.schema().fields().iter().map(|field| &**field.name()).collect();
    let mut fields = Vec::with_capacity(made.len() + slots.len() + 1);
    let mut given = Vec::with_capacity(fields.capacity());
    for column in made {
        let name = column_name(column.id);
        fields.push(physical::field(&name, column.ty));
        given.push(match own.contains(name.as_str()) {
            true => Given::Column(name),
            false => Given::Nothing(column.ty),
        });
    }
    fields.push(Field::new(ordinal, DataType::Int64, false));
    given.push(Given::Number(i64::try_from(index).unwrap_or(i64::MAX)));
    for (at, slot) in slots.iter().enumerate() {
        let key = places.iter().position(|place| *place == at);
        fields.push(Field::new(&slot.key.column, slot.ty.clone(), true));
        given.push(match key.and_then(|key| leg.order.keys.get(key)) {
            Some(key) => Given::Column(key.column.clone()),
            None => Given::Null,
        });
    }
    Ok(crate::node::plan(Arc::new(Widen { fields, given }), Vec::new(), vec![leg.plan])?)
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
