//! `d.name`, `d["name"]`, `d[0]`

use datafusion::logical_expr::Expr;
use kql_semantics::bound::Scalar;

use super::Lowering;
use crate::QueryError;
use crate::diagnostics::{not_supported, refused};

impl Lowering<'_> {
    pub(super) fn path(&self, scalar: &Scalar) -> Result<Expr, QueryError> {
        Err(refused(not_supported("reading inside a dynamic", scalar.span)))
    }
}
