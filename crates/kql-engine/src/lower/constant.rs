//! Values that are the same for all rows, computed while lowering.

use std::sync::Arc;

use arrow::array::RecordBatch;
use arrow::datatypes::Schema;
use datafusion::common::DFSchema;
use datafusion::logical_expr::execution_props::ExecutionProps;
use datafusion::logical_expr::physical_planning_context::PhysicalPlanningContext;
use datafusion::physical_expr::create_physical_expr;
use kql_functions::physical;
use kql_semantics::Value;
use kql_semantics::bound::Scalar;

use super::Lowering;
use crate::QueryError;
use crate::diagnostics::{constant_expected, refused};

impl Lowering<'_> {
    /// The value of a scalar that depends on no row.
    pub(crate) fn constant(&self, scalar: &Scalar) -> Result<Value, QueryError> {
        if let Some(value) = scalar.as_literal() {
            return Ok(value.clone());
        }
        if self.depends_on_rows(scalar) {
            return Err(refused(constant_expected("this", scalar.span)));
        }
        let expr = self.scalar(scalar)?;
        let (schema, context) = (DFSchema::empty(), PhysicalPlanningContext::default());
        let physical = create_physical_expr(&expr, &schema, &ExecutionProps::new(), &context)?;
        let options = arrow::array::RecordBatchOptions::new().with_row_count(Some(1));
        let row =
            RecordBatch::try_new_with_options(Arc::new(Schema::empty()), Vec::new(), &options)?;
        let array = physical.evaluate(&row)?.into_array(1)?;
        Ok(physical::value_at(&array, 0, scalar.ty))
    }

    /// A constant number of rows.
    pub(crate) fn count(&self, scalar: &Scalar) -> Result<usize, QueryError> {
        let count = match self.constant(scalar)? {
            Value::Int(count) => i64::from(count),
            Value::Long(count) => count,
            #[expect(clippy::cast_possible_truncation, reason = "it saturates")]
            Value::Real(count) => count as i64,
            _ => return Err(refused(constant_expected("the number of rows", scalar.span))),
        };
        Ok(usize::try_from(count.max(0)).unwrap_or(usize::MAX))
    }
}
