//! `distinct`

use std::sync::Arc;

use datafusion::logical_expr::{Aggregate, LogicalPlan};
use kql_semantics::bound::Rowset;

use crate::QueryError;
use crate::lower::Lowering;
use crate::plan::{Plan, column_of};

pub(crate) fn lower(
    lowering: &mut Lowering<'_>,
    rowset: &Rowset,
    input: &Rowset,
) -> Result<Plan, QueryError> {
    let plan = lowering.rowset(input)?;
    let keys = rowset.columns.iter().map(|column| column_of(column.id)).collect();
    let plan = Aggregate::try_new(Arc::new(plan.plan), keys, Vec::new())?;
    Ok(Plan::unordered(LogicalPlan::Aggregate(plan)))
}
