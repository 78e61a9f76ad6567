//! `invoke DeviceFromIP(time)`: the devices that had the addresses in the column `IP`, last before a time.

use std::sync::Arc;

use datafusion::common::{JoinType, NullEquality};
use datafusion::functions_aggregate::expr_fn::max;
use datafusion::logical_expr::{Aggregate, Expr, Join, JoinConstraint, LogicalPlan, lit};
use kql_semantics::Value;
use kql_semantics::bound::{CalledFunction, Rowset};

use super::look_up::{given_column, input_column};
use crate::QueryError;
use crate::lower::Lowering;
use crate::plan::{Plan, column, column_name};

pub(super) fn lower(
    lowering: &mut Lowering<'_>,
    call: (&Rowset, &CalledFunction),
    input: &Rowset,
) -> Result<Plan, QueryError> {
    let (rowset, function) = call;
    let plan = lowering.rowset(input)?.all_one("`DeviceFromIP`", rowset.span)?;
    let address = input_column(input, "IP", call)?;
    let mut given = super::given(lowering, rowset, function)?;
    let names = ["IP", "DeviceId", "Timestamp"];
    let [ip, device, time] = names.map(|name| given_column(&given, name, call).map(str::to_owned));
    let (ip, device, time) = (ip?, device?, time?);
    let until = function.arguments.first().map(|time| lowering.constant(time)).transpose()?;
    if let Some(Value::DateTime(until)) = until {
        given.plan = given.plan.filter(column(&time).lt_eq(lit(until)))?;
    }
    let (wanted, last, last_ip) = (lowering.fresh("k"), lowering.fresh("k"), lowering.fresh("k"));
    let asked = distinct(plan.project(vec![(address, wanted.clone())])?.plan, &[&wanted])?;
    let asked = inner(asked, given.plan.plan.clone(), &[(&wanted, &ip)])?;
    // When each address was last had.
    let times = Aggregate::try_new(
        Arc::new(given.plan.plan),
        vec![column(&ip)],
        vec![max(column(&time)).alias(&last)],
    )?;
    let times = Plan::unordered(LogicalPlan::Aggregate(times))
        .project(vec![(column(&ip), last_ip.clone()), (column(&last), last.clone())])?;
    let found = inner(asked, times.plan, &[(&ip, &last_ip), (&time, &last)])?;
    let found = Plan::unordered(distinct(found, &[&wanted, &device])?);
    let columns = rowset.columns.iter().map(|made| {
        let own = if &*made.name == "IP" { &wanted } else { &device };
        (column(own), column_name(made.id))
    });
    found.project(columns.collect())
}

fn distinct(plan: LogicalPlan, names: &[&String]) -> Result<LogicalPlan, QueryError> {
    let keys: Vec<Expr> = names.iter().map(|name| column(name)).collect();
    Ok(LogicalPlan::Aggregate(Aggregate::try_new(Arc::new(plan), keys, Vec::new())?))
}

fn inner(
    left: LogicalPlan,
    right: LogicalPlan,
    on: &[(&String, &String)],
) -> Result<LogicalPlan, QueryError> {
    let on = on.iter().map(|(left, right)| (column(left), column(right))).collect();
    Ok(LogicalPlan::Join(Join::try_new(
        Arc::new(left),
        Arc::new(right),
        on,
        None,
        JoinType::Inner,
        JoinConstraint::On,
        NullEquality::NullEqualsNothing,
        false,
    )?))
}
