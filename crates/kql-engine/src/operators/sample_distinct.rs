//! `sample-distinct`: some of the values that there are

use std::collections::HashSet;
use std::sync::Arc;

use datafusion::logical_expr::{Aggregate, LogicalPlan};
use kql_semantics::bound::{Rowset, Scalar};

use super::first_rows::FirstRows;
use crate::QueryError;
use crate::lower::Lowering;
use crate::plan::{Apart, Plan, column, column_of};

pub(crate) fn lower(
    lowering: &mut Lowering<'_>,
    input: &Rowset,
    count: &Scalar,
) -> Result<Plan, QueryError> {
    let plan = lowering.rowset(input)?;
    let count = lowering.count(count)?;
    let mut keys: Vec<_> = input.columns.iter().map(|column| column_of(column.id)).collect();
    if let Some(apart) = plan.apart.clone() {
        let mut seen = HashSet::new();
        keys.extend(apart.columns().map(|name| column(&name)));
        keys.retain(|key| seen.insert(key.clone()));
        let values = Aggregate::try_new(Arc::new(plan.plan), keys, Vec::new())?;
        let Apart { key, ghost, .. } = apart.clone();
        let values = Plan::unordered(LogicalPlan::Aggregate(values));
        let first = FirstRows { keys: vec![key], count, ghost };
        return Plan { apart: Some(apart), ..values }.runs_together().in_order(Arc::new(first));
    }
    let values = Aggregate::try_new(Arc::new(plan.plan), keys, Vec::new())?;
    Ok(Plan::unordered(LogicalPlan::Aggregate(values)).limited(Some(count)))
}
