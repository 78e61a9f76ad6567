//! `identity()`: the rows as they are. `preview(n)`: so many of them.

use super::Call;
use crate::QueryError;
use crate::lower::Lowering;
use crate::plan::Plan;

pub(super) fn lower(lowering: &mut Lowering<'_>, call: &Call<'_>) -> Result<Plan, QueryError> {
    call.input(lowering)
}

pub(super) fn preview(lowering: &mut Lowering<'_>, call: &Call<'_>) -> Result<Plan, QueryError> {
    let plan = call.input(lowering)?;
    let count = usize::try_from(call.long(lowering, 0)?).unwrap_or(0);
    Ok(plan.sorted(Some(count)))
}
