//! `d.name`, `d["name"]`, `d[0]`: a chain of them is one function over the JSON text.

use datafusion::logical_expr::Expr;
use kql_functions::json::Step;
use kql_functions::operator::path;
use kql_semantics::Type;
use kql_semantics::bound::{Scalar, ScalarKind};

use super::Lowering;
use crate::QueryError;
use crate::diagnostics::{not_supported, refused};

impl Lowering<'_> {
    /// A value inside a dynamic.
    pub(super) fn path(&self, scalar: &Scalar) -> Result<Expr, QueryError> {
        self.path_as(scalar, scalar.ty)
    }

    /// A value inside a dynamic, as what `tostring` and its kin make of it.
    pub(super) fn path_as(&self, scalar: &Scalar, to: Type) -> Result<Expr, QueryError> {
        let (base, steps) = path::chain(scalar);
        if steps.is_empty() {
            let value = self.element(scalar)?;
            return self.converted(value, Type::Dynamic, to, scalar.span);
        }
        Ok(path::function(&steps, to).call(vec![self.dynamic(base)?]))
    }

    /// One of the results of a call that has several: they come as an array.
    pub(super) fn output(
        &self,
        scalar: &Scalar,
        call: &Scalar,
        index: usize,
    ) -> Result<Expr, QueryError> {
        let steps = [Step::Position(i64::try_from(index).unwrap_or(i64::MAX))];
        Ok(path::function(&steps, scalar.ty).call(vec![self.scalar(call)?]))
    }

    /// `d[index]` where the index differs by row.
    fn element(&self, scalar: &Scalar) -> Result<Expr, QueryError> {
        let ScalarKind::Index { base, index } = &scalar.kind else {
            return Err(refused(not_supported("reading inside this value", scalar.span)));
        };
        let arguments = vec![self.dynamic(base)?, self.scalar(index)?];
        let element = Scalar { ty: Type::Dynamic, ..scalar.clone() };
        self.function("[]", arguments, &[Type::Dynamic, index.ty], &element)
    }

    fn dynamic(&self, base: &Scalar) -> Result<Expr, QueryError> {
        let value = self.scalar(base)?;
        self.converted(value, base.ty, Type::Dynamic, base.span)
    }
}
