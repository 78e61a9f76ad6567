//! `project` and its kin

use kql_semantics::bound::{ColumnId, Rowset, Scalar};

use super::extend::computed;
use crate::QueryError;
use crate::lower::Lowering;
use crate::plan::Plan;

pub(crate) fn lower(
    lowering: &mut Lowering<'_>,
    input: &Rowset,
    columns: &[(ColumnId, Scalar)],
) -> Result<Plan, QueryError> {
    let plan = lowering.rowset(input)?;
    let scalars: Vec<&Scalar> = columns.iter().map(|(_, scalar)| scalar).collect();
    let plan = lowering.prepared(plan, &scalars)?;
    plan.project(computed(lowering, columns)?)
}
