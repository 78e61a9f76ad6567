//! `take`, `limit`, `top`

use std::sync::Arc;

use kql_semantics::bound::{Rowset, RowsetKind, Scalar};

use super::first_rows::FirstRows;
use crate::QueryError;
use crate::lower::Lowering;
use crate::plan::{Apart, Plan, Strength};

pub(crate) fn lower(
    lowering: &mut Lowering<'_>,
    input: &Rowset,
    count: &Scalar,
) -> Result<Plan, QueryError> {
    let count = lowering.count(count)?;
    if is_range(input) {
        lowering.taken.set(Some(count));
    }
    let plan = lowering.rowset(input);
    lowering.taken.set(None);
    let plan = plan?;
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

/// Whether the rows are those of a `range`, one for one.
fn is_range(rowset: &Rowset) -> bool {
    match &rowset.kind {
        RowsetKind::Range { .. } => true,
        RowsetKind::Extend { input, .. } | RowsetKind::Project { input, .. } => is_range(input),
        _ => false,
    }
}
