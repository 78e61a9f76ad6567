//! `top-hitters`: the values that most rows have, or whose rows weigh most. Counted exactly.

use datafusion::functions_aggregate::expr_fn::{count, sum};
use datafusion::logical_expr::{Aggregate, Expr, LogicalPlan, cast, lit};
use kql_functions::physical;
use kql_semantics::Type;
use kql_semantics::bound::{ColumnId, Rowset, Scalar};
use std::sync::Arc;

use super::first_rows::FirstRows;
use crate::QueryError;
use crate::lower::Lowering;
use crate::plan::{Apart, Order, OrderKey, Plan, Strength, column, column_name, named};

/// The operator but its input.
pub(crate) struct Parts<'a> {
    /// How many.
    pub(crate) count: &'a Scalar,
    /// What is counted.
    pub(crate) of: &'a (ColumnId, Scalar),
    /// What is added up; the number of rows where none.
    pub(crate) by: Option<&'a Scalar>,
    /// The column of the sums.
    pub(crate) sum: ColumnId,
}

pub(crate) fn lower(
    lowering: &mut Lowering<'_>,
    input: &Rowset,
    parts: &Parts<'_>,
) -> Result<Plan, QueryError> {
    let plan = lowering.rowset(input)?;
    let (of, value) = parts.of;
    let scalars: Vec<&Scalar> = [value].into_iter().chain(parts.by).collect();
    let plan = lowering.prepared(plan, &scalars)?;
    let (of, total) = (column_name(*of), column_name(parts.sum));
    let value = named(lowering.scalar(value)?, &of);
    let (weight, ty): (Expr, Type) = match parts.by {
        Some(by) => (sum(lowering.scalar(by)?), by.ty),
        None => (count(lit(1_i64)), Type::Long),
    };
    let held = lowering.fresh("a");
    let apart = plan.apart.clone();
    let mut groups = vec![value];
    for name in apart.iter().flat_map(Apart::columns) {
        let hidden = column(&name);
        if !groups.contains(&hidden) {
            groups.push(hidden);
        }
    }
    let grouped =
        Aggregate::try_new(Arc::new(plan.plan), groups, vec![weight.alias(held.clone())])?;
    let plan = Plan { apart, ..Plan::unordered(LogicalPlan::Aggregate(grouped)) };
    let weight = cast(column(&held), physical::data_type(ty));
    let mut plan = plan.project(vec![(column(&of), of.clone()), (weight, total.clone())])?;
    // Of values that weigh the same the highest come first, so that the answer is the same on any number of cores.
    let descending = |column: String| OrderKey { column, is_ascending: false, nulls_first: false };
    let keys = vec![descending(total), descending(of)];
    plan.order = Order { keys, strength: Strength::Written };
    let count = lowering.count(parts.count)?;
    if let Some(Apart { key, ghost, .. }) = plan.apart.clone() {
        let first = FirstRows { keys: vec![key], count, ghost };
        return plan.runs_together().in_order(Arc::new(first));
    }
    Ok(plan.sorted(Some(count)))
}
