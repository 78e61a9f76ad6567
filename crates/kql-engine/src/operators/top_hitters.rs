//! `top-hitters`

use kql_semantics::bound::{ColumnId, Rowset, Scalar};

use crate::QueryError;
use crate::diagnostics::{not_supported, refused};
use crate::lower::Lowering;
use crate::plan::Plan;

/// The operator but its input.
#[expect(dead_code, reason = "the operator is still refused")]
pub(crate) struct Parts<'a> {
    /// How many.
    pub(crate) count: &'a Scalar,
    /// What is counted.
    pub(crate) of: &'a (ColumnId, Scalar),
    /// What is added up; the number of rows where none.
    pub(crate) by: Option<&'a Scalar>,
    /// The column of the sums.
    pub(crate) sum: ColumnId,
}

pub(crate) fn lower(
    _lowering: &mut Lowering<'_>,
    rowset: &Rowset,
    _input: &Rowset,
    _parts: &Parts<'_>,
) -> Result<Plan, QueryError> {
    Err(refused(not_supported("`top-hitters`", rowset.span)))
}
