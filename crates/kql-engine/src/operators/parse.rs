//! `parse`

use kql_semantics::bound::{ParseRowset, Rowset};

use crate::QueryError;
use crate::diagnostics::{not_supported, refused};
use crate::lower::Lowering;
use crate::plan::Plan;

pub(crate) fn lower(
    _lowering: &mut Lowering<'_>,
    rowset: &Rowset,
    _parts: &ParseRowset,
) -> Result<Plan, QueryError> {
    Err(refused(not_supported("`parse`", rowset.span)))
}
