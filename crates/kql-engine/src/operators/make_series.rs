//! `make-series`

use kql_semantics::bound::{MakeSeriesRowset, Rowset};

use crate::QueryError;
use crate::diagnostics::{not_supported, refused};
use crate::lower::Lowering;
use crate::plan::Plan;

pub(crate) fn lower(
    _lowering: &mut Lowering<'_>,
    rowset: &Rowset,
    _parts: &MakeSeriesRowset,
) -> Result<Plan, QueryError> {
    Err(refused(not_supported("`make-series`", rowset.span)))
}
