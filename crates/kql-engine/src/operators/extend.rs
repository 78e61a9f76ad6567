//! `extend`

use kql_semantics::bound::{ColumnId, Rowset, Scalar};

use crate::QueryError;
use crate::lower::Lowering;
use crate::plan::{Plan, column_name};

pub(crate) fn lower(
    lowering: &mut Lowering<'_>,
    input: &Rowset,
    columns: &[(ColumnId, Scalar)],
) -> Result<Plan, QueryError> {
    let plan = lowering.rowset(input)?;
    let scalars: Vec<&Scalar> = columns.iter().map(|(_, scalar)| scalar).collect();
    let plan = lowering.prepared(plan, &scalars)?;
    plan.extend(computed(lowering, columns)?)
}

/// The expressions of columns, under the columns' names.
pub(crate) fn computed(
    lowering: &Lowering<'_>,
    columns: &[(ColumnId, Scalar)],
) -> Result<Vec<(datafusion::logical_expr::Expr, String)>, QueryError> {
    columns.iter().map(|(id, scalar)| Ok((lowering.scalar(scalar)?, column_name(*id)))).collect()
}
