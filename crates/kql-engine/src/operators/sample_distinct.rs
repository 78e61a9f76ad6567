//! `sample-distinct`

use kql_semantics::bound::{Rowset, Scalar};

use crate::QueryError;
use crate::lower::Lowering;
use crate::operators::distinct;
use crate::plan::Plan;

pub(crate) fn lower(
    lowering: &mut Lowering<'_>,
    input: &Rowset,
    count: &Scalar,
) -> Result<Plan, QueryError> {
    let plan = distinct::lower(lowering, input, input)?;
    let count = lowering.count(count)?;
    Ok(plan.limited(Some(count)))
}
