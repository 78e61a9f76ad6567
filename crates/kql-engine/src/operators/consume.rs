//! `consume`: reads all rows and gives none

use kql_semantics::bound::Rowset;

use crate::QueryError;
use crate::lower::Lowering;
use crate::plan::Plan;
use datafusion::logical_expr::lit;

pub(crate) fn lower(
    lowering: &mut Lowering<'_>,
    _rowset: &Rowset,
    input: &Rowset,
) -> Result<Plan, QueryError> {
    lowering.rowset(input)?.filter(lit(false))
}
