//! `distinct`

use std::collections::HashSet;
use std::sync::Arc;

use datafusion::logical_expr::{Aggregate, LogicalPlan};
use kql_semantics::bound::Rowset;

use crate::QueryError;
use crate::lower::Lowering;
use crate::plan::{Apart, Plan, column, column_of};

pub(crate) fn lower(
    lowering: &mut Lowering<'_>,
    rowset: &Rowset,
    input: &Rowset,
) -> Result<Plan, QueryError> {
    let plan = lowering.rowset(input)?;
    let mut keys: Vec<_> = rowset.columns.iter().map(|column| column_of(column.id)).collect();
    let apart = plan.apart.clone();
    // Runs are told apart by their keys; what they carry is the same in all rows of a run.
    keys.extend(apart.iter().flat_map(Apart::columns).map(|name| column(&name)));
    let mut seen = HashSet::new();
    keys.retain(|key| seen.insert(key.clone()));
    let plan = Aggregate::try_new(Arc::new(plan.plan), keys, Vec::new())?;
    Ok(Plan { apart, ..Plan::unordered(LogicalPlan::Aggregate(plan)) })
}
