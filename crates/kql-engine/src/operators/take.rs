//! `take`, `limit`, `top`

use kql_semantics::bound::{Rowset, Scalar};

use crate::QueryError;
use crate::lower::Lowering;
use crate::plan::{Plan, Strength};

pub(crate) fn lower(
    lowering: &mut Lowering<'_>,
    input: &Rowset,
    count: &Scalar,
) -> Result<Plan, QueryError> {
    let plan = lowering.rowset(input)?;
    let count = Some(lowering.count(count)?);
    // Sorting a table for any few of its rows would read all of it.
    if plan.order.strength == Strength::Natural {
        return Ok(plan.limited(count));
    }
    Ok(plan.sorted(count))
}
