//! `where`

use kql_semantics::bound::{Rowset, Scalar};

use crate::QueryError;
use crate::lower::Lowering;
use crate::plan::{Plan, column};

pub(crate) fn lower(
    lowering: &mut Lowering<'_>,
    input: &Rowset,
    predicate: &Scalar,
) -> Result<Plan, QueryError> {
    let plan = lowering.rowset(input)?;
    let plan = lowering.prepared(plan, &[predicate])?;
    let predicate = lowering.predicate(predicate)?;
    let predicate = match plan.apart.as_ref().and_then(|apart| apart.ghost.as_ref()) {
        Some(ghost) => predicate.or(column(ghost)),
        None => predicate,
    };
    plan.filter(predicate)
}
