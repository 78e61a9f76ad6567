//! `pivot(column, aggregate, kept columns)`: a column for each value of one, holding an aggregate over the rows that have it.

use std::collections::BTreeSet;
use std::sync::Arc;

use datafusion::functions_aggregate::expr_fn::count;
use datafusion::logical_expr::{Aggregate, Expr, LogicalPlan, lit};
use kql_functions::Example;
use kql_semantics::Type;
use kql_semantics::bound::{AggregateCall, Column, Evaluate, Scalar, ScalarKind};
use kql_syntax::Name;

use super::{Call, Plugin, aggregate, scalar};
use crate::QueryError;
use crate::cells;
use crate::lower::Lowering;
use crate::operators::summarize::{lower_aggregate, over};
use crate::plan::{Order, OrderKey, Plan, Strength, column, column_name};
use crate::run;

pub(super) static PLUGIN: Plugin = Plugin {
    name: "pivot",
    help: "A column for each value of a column, which holds an aggregate (`count()` without one) over the rows that have it; a row for each combination of the other columns, or of those that are named.",
    examples: &[Example {
        query: "datatable(u:string, d:string)['A','x', 'A','y', 'B','x'] | evaluate pivot(d) | sort by u asc",
        answer: &["u:string, x:long, y:long", "A, 1, 1", "B, 1, 0"],
    }],
    lower,
};

/// How many columns may be found.
const MOST_COLUMNS: usize = 10_000;

/// The kept columns, then one for each value, in the values' order.
pub(super) async fn discover(
    run: &mut run::Run<'_>,
    evaluate: &Evaluate,
) -> Result<Vec<(Name, Type)>, QueryError> {
    let Some(input) = &evaluate.input else { return Ok(Vec::new()) };
    let call = Call { rowset: input, evaluate };
    let pivot = call.needed(0)?;
    let values = |lowering: &Lowering<'_>, plan: Plan| {
        let (plan, name) = value_column(lowering, plan, pivot)?;
        let distinct = Aggregate::try_new(Arc::new(plan.plan), vec![column(&name)], Vec::new())?;
        let plan = Plan::unordered(LogicalPlan::Aggregate(distinct));
        plan.project(vec![(column(&name), String::from("value"))])
    };
    let found = run.made(input, MOST_COLUMNS, &values).await?;
    let mut names = BTreeSet::new();
    for batch in &found {
        names.extend(cells::texts(batch, "value")?.iter().flatten().map(str::to_owned));
    }
    let kept = kept(&call);
    let mut columns: Vec<(Name, Type)> =
        kept.iter().map(|own| (own.name.clone(), own.ty)).collect();
    let ty = aggregate_of(&call).and_then(|call| call.types.first().copied());
    let names = names.into_iter().filter(|name| !kept.iter().any(|own| *own.name == **name));
    columns.extend(names.map(|name| (Name::from(name), ty.unwrap_or(Type::Long))));
    Ok(columns)
}

fn lower(lowering: &mut Lowering<'_>, call: &Call<'_>) -> Result<Plan, QueryError> {
    let plan = call.input(lowering)?;
    let pivot = call.needed(0)?;
    let arguments = aggregate_of(call).map(|call| call.arguments.as_slice()).unwrap_or(&[]);
    let arguments: Vec<&Scalar> = arguments.iter().collect();
    let plan = lowering.prepared(plan, &arguments)?;
    let (plan, value) = value_column(lowering, plan, pivot)?;
    let kept = kept(call);
    let keys: Vec<Expr> = kept.iter().map(|own| column(&column_name(own.id))).collect();
    let mut computed = Vec::new();
    let mut made = Vec::new();
    for own in &call.rowset.columns {
        let name = column_name(own.id);
        if let Some(key) = kept.iter().find(|key| key.name == own.name) {
            made.push((column(&column_name(key.id)), name));
            continue;
        }
        let held = lowering.fresh("a");
        let (mut aggregate, answer) = match aggregate_of(call) {
            Some(aggregate) => {
                let (computed, outputs) = lower_aggregate(lowering, &plan, aggregate, &held)?;
                let answer = outputs.into_iter().next().map(|(answer, _)| answer);
                (computed, answer.unwrap_or_else(|| column(&held)))
            }
            None => (count(lit(1_i64)), column(&held)),
        };
        over(&mut aggregate, &column(&value).eq(lit(&*own.name)));
        computed.push(aggregate.alias(held));
        made.push((answer, name));
    }
    let order = kept.iter().map(|own| OrderKey::ascending(column_name(own.id))).collect();
    let grouped = Aggregate::try_new(Arc::new(plan.plan), keys, computed)?;
    let order = Order { keys: order, strength: Strength::Derived };
    Plan { order, ..Plan::unordered(LogicalPlan::Aggregate(grouped)) }.project(made)
}

fn aggregate_of<'a>(call: &Call<'a>) -> Option<&'a AggregateCall> {
    call.evaluate.arguments.iter().find_map(aggregate)
}

/// The columns that rows are grouped by: those named, or all that are neither spread out nor aggregated.
fn kept<'a>(call: &Call<'a>) -> Vec<&'a Column> {
    let Some(input) = &call.evaluate.input else { return Vec::new() };
    let id = |scalar: &Scalar| match scalar.kind {
        ScalarKind::Column(id) => Some(id),
        _ => None,
    };
    let mut named = call.evaluate.arguments.iter().filter_map(scalar).filter_map(id);
    let pivot = named.next();
    let named: Vec<_> = named.collect();
    if !named.is_empty() {
        let columns = named.iter().filter_map(|id| input.columns.iter().find(|own| own.id == *id));
        return columns.collect();
    }
    let counted = aggregate_of(call).and_then(|call| call.arguments.first()).and_then(id);
    let is_kept = |own: &&Column| Some(own.id) != pivot && Some(own.id) != counted;
    input.columns.iter().filter(is_kept).collect()
}

/// The rows with a column of the texts that columns are named by.
fn value_column(
    lowering: &Lowering<'_>,
    plan: Plan,
    pivot: &Scalar,
) -> Result<(Plan, String), QueryError> {
    let plan = lowering.prepared(plan, &[pivot])?;
    let name = lowering.fresh("x");
    let text = lowering.scalar(pivot)?;
    let text = match pivot.ty {
        Type::String => text,
        ty => lowering.function_of("tostring", (text, ty), Type::String, pivot.span)?,
    };
    Ok((plan.extend(vec![(text, name.clone())])?, name))
}
