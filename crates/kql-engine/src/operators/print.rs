//! `print`

use std::sync::Arc;

use datafusion::common::DFSchema;
use datafusion::logical_expr::{EmptyRelation, LogicalPlan};
use kql_semantics::bound::{Rowset, Scalar};

use crate::QueryError;
use crate::lower::Lowering;
use crate::plan::{Plan, column_name};

pub(crate) fn lower(
    lowering: &mut Lowering<'_>,
    rowset: &Rowset,
    values: &[Scalar],
) -> Result<Plan, QueryError> {
    let scalars: Vec<&Scalar> = values.iter().collect();
    let plan = lowering.prepared(one_row(), &scalars)?;
    let mut columns = Vec::with_capacity(values.len());
    for (column, value) in rowset.columns.iter().zip(values) {
        columns.push((lowering.scalar(value)?, column_name(column.id)));
    }
    plan.project(columns)
}

/// A row without columns.
pub(crate) fn one_row() -> Plan {
    Plan::unordered(LogicalPlan::EmptyRelation(EmptyRelation {
        produce_one_row: true,
        schema: Arc::new(DFSchema::empty()),
    }))
}
