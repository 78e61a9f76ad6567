//! `reduce`

use kql_semantics::bound::{Rowset, Scalar};
use kql_syntax::Name;

use crate::QueryError;
use crate::diagnostics::{reduce_not_known, refused};
use crate::lower::Lowering;
use crate::plan::Plan;

pub(crate) fn lower(
    _lowering: &mut Lowering<'_>,
    rowset: &Rowset,
    _input: &Rowset,
    _parts: (&Scalar, &[(Name, Scalar)]),
) -> Result<Plan, QueryError> {
    Err(refused(reduce_not_known(rowset.span)))
}
