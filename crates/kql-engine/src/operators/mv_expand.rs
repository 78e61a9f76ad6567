//! `mv-expand`

use kql_semantics::bound::{MvExpandRowset, Rowset};

use crate::QueryError;
use crate::diagnostics::{not_supported, refused};
use crate::lower::Lowering;
use crate::plan::Plan;

pub(crate) fn lower(
    _lowering: &mut Lowering<'_>,
    rowset: &Rowset,
    _parts: &MvExpandRowset,
) -> Result<Plan, QueryError> {
    Err(refused(not_supported("`mv-expand`", rowset.span)))
}
