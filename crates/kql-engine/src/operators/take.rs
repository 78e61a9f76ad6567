//! `take`, `limit`, `top`

use std::sync::Arc;

use kql_semantics::bound::{Rowset, Scalar};

use super::first_rows::FirstRows;
use crate::QueryError;
use crate::lower::Lowering;
use crate::plan::{Apart, Plan, Strength};

pub(crate) fn lower(
    lowering: &mut Lowering<'_>,
    input: &Rowset,
    count: &Scalar,
) -> Result<Plan, QueryError> {
    let plan = lowering.rowset(input)?;
    let count = lowering.count(count)?;
    if let Some(Apart { key, ghost, .. }) = plan.apart.clone() {
        let first = FirstRows { keys: vec![key], count, ghost };
        return plan.runs_together().in_order(Arc::new(first));
    }
    let count = Some(count);
    // Sorting a table for any few of its rows would read all of it.
    if plan.order.strength == Strength::Natural {
        return Ok(plan.limited(count));
    }
    Ok(plan.sorted(count))
}
