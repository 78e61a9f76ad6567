//! `sample-distinct`: some of the values that there are

use std::sync::Arc;

use datafusion::logical_expr::{Aggregate, LogicalPlan};
use kql_semantics::bound::{Rowset, Scalar};

use crate::QueryError;
use crate::lower::Lowering;
use crate::plan::{Plan, column_of};

pub(crate) fn lower(
    lowering: &mut Lowering<'_>,
    input: &Rowset,
    count: &Scalar,
) -> Result<Plan, QueryError> {
    let plan = lowering.rowset(input)?.all_one("`sample-distinct`", input.span)?;
    let count = lowering.count(count)?;
    let keys = input.columns.iter().map(|column| column_of(column.id)).collect();
    let values = Aggregate::try_new(Arc::new(plan.plan), keys, Vec::new())?;
    Ok(Plan::unordered(LogicalPlan::Aggregate(values)).limited(Some(count)))
}
