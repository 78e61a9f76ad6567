//! `serialize`: the order that the rows are in is meant

use kql_semantics::bound::Rowset;

use crate::QueryError;
use crate::lower::Lowering;
use crate::plan::{Plan, Strength};

pub(crate) fn lower(lowering: &mut Lowering<'_>, input: &Rowset) -> Result<Plan, QueryError> {
    let mut plan = lowering.rowset(input)?;
    plan.order.strength = Strength::Written;
    Ok(plan)
}
