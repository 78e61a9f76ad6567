//! `where`

use kql_semantics::bound::{Rowset, Scalar};

use crate::QueryError;
use crate::lower::Lowering;
use crate::plan::Plan;

pub(crate) fn lower(
    lowering: &mut Lowering<'_>,
    input: &Rowset,
    predicate: &Scalar,
) -> Result<Plan, QueryError> {
    let plan = lowering.rowset(input)?;
    let plan = lowering.prepared(plan, &[predicate])?;
    let predicate = lowering.predicate(predicate)?;
    plan.filter(predicate)
}
