//! A table as DataFusion asks for it.

use std::fmt;
use std::sync::Arc;

use arrow::datatypes::SchemaRef;
use async_trait::async_trait;
use datafusion::catalog::{Session, TableProvider};
use datafusion::common::{DFSchema, Result};
use datafusion::logical_expr::{Expr, TableProviderFilterPushDown, TableType};
use datafusion::physical_expr::PhysicalExpr;
use datafusion::physical_plan::ExecutionPlan;

use super::filter::is_of_row;
use super::plan::ScanPlan;
use super::units::{divide, units_of};
use crate::table::Table;

/// A table as DataFusion asks for it.
pub(crate) struct LogTable(pub(crate) Arc<Table>);

impl fmt::Debug for LogTable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "LogTable({}, {} files)", self.0.schema.name, self.0.files.len())
    }
}

#[async_trait]
impl TableProvider for LogTable {
    fn schema(&self) -> SchemaRef {
        Arc::clone(&self.0.arrow)
    }

    fn table_type(&self) -> TableType {
        TableType::Base
    }

    fn supports_filters_pushdown(
        &self,
        filters: &[&Expr],
    ) -> Result<Vec<TableProviderFilterPushDown>> {
        let answer = |filter: &&Expr| match is_of_row(filter) {
            true => TableProviderFilterPushDown::Exact,
            false => TableProviderFilterPushDown::Unsupported,
        };
        Ok(filters.iter().map(answer).collect())
    }

    async fn scan(
        &self,
        state: &dyn Session,
        projection: Option<&Vec<usize>>,
        filters: &[Expr],
        limit: Option<usize>,
    ) -> Result<Arc<dyn ExecutionPlan>> {
        let table = &self.0;
        let projection = projection.cloned().unwrap_or_else(|| (0..table.columns.len()).collect());
        let schema = DFSchema::try_from(Arc::clone(&table.arrow))?;
        let filters: Vec<Arc<dyn PhysicalExpr>> = filters
            .iter()
            .map(|filter| state.create_physical_expr(filter.clone(), &schema))
            .collect::<Result<_>>()?;
        let units = units_of(table, &filters);
        let partitions = divide(units, state.config().target_partitions());
        Ok(Arc::new(ScanPlan::new(Arc::clone(table), projection, partitions, filters, limit)?))
    }
}
