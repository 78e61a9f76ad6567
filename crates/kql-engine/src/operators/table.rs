//! A table.

use std::sync::Arc;

use arrow::datatypes::Schema;
use datafusion::catalog::TableProvider;
use datafusion::common::{Column, TableReference as PlanTable};
use datafusion::datasource::empty::EmptyTable;
use datafusion::datasource::provider_as_source;
use datafusion::logical_expr::{Expr, LogicalPlan, LogicalPlanBuilder, Projection, lit};
use kql_functions::physical;
use kql_semantics::bound::{Rowset, TableReference};

use crate::diagnostics::{elsewhere, refused};
use crate::lower::Lowering;
use crate::plan::{Order, OrderKey, Plan, Strength, column_name, named};
use crate::{QueryError, TableSource};

pub(crate) fn lower(
    lowering: &mut Lowering<'_>,
    rowset: &Rowset,
    table: &TableReference,
) -> Result<Plan, QueryError> {
    if let Some(function) = &table.elsewhere {
        return Err(refused(elsewhere(function, table, rowset.span)));
    }
    let source = lowering.tables.source(&table.name);
    let Some(source) = source else {
        return no_rows(lowering, rowset);
    };
    let alias = lowering.fresh("t");
    let provider = Arc::clone(&source.provider);
    let schema = provider.schema();
    let column = |name: &str| {
        schema
            .column_with_name(name)
            .map(|_| Expr::Column(Column::new(Some(PlanTable::bare(alias.clone())), name)))
    };
    let window = window_of(lowering, &source, &column);
    let scanned = scan(&alias, provider, window)?;
    let mut columns = Vec::with_capacity(rowset.columns.len());
    for (made, name) in rowset.columns.iter().zip(&table.columns) {
        let value = column(name).unwrap_or_else(|| lit(physical::null(made.ty)));
        columns.push(named(value, &column_name(made.id)));
    }
    let mut order = Order { keys: Vec::new(), strength: Strength::Natural };
    for name in &source.order {
        let shown = table.columns.iter().position(|column| column == name);
        let key = match shown.and_then(|at| rowset.columns.get(at)) {
            Some(column) => column_name(column.id),
            None => {
                let Some(value) = column(name) else { continue };
                let hidden = lowering.fresh("o");
                columns.push(value.alias(&hidden));
                hidden
            }
        };
        order.keys.push(OrderKey::ascending(key));
    }
    let ingested = source.ingested.as_deref().filter(|_| lowering.reads_ingestion);
    let ingested = ingested.and_then(column).map(|time| {
        let hidden = lowering.fresh("i");
        columns.push(time.alias(&hidden));
        hidden
    });
    let plan = LogicalPlan::Projection(Projection::try_new(columns, Arc::new(scanned))?);
    Ok(Plan { plan, order, apart: None, ingested })
}

/// The rows of a provider for which `filter` is true.
fn scan(
    alias: &str,
    provider: Arc<dyn TableProvider>,
    filter: Option<Expr>,
) -> Result<LogicalPlan, QueryError> {
    let source = provider_as_source(provider);
    let plan =
        LogicalPlanBuilder::scan(PlanTable::bare(alias.to_owned()), source, None)?.build()?;
    match filter {
        Some(filter) => Ok(LogicalPlanBuilder::from(plan).filter(filter)?.build()?),
        None => Ok(plan),
    }
}

/// What is true of the rows whose time is in the query's window.
fn window_of(
    lowering: &Lowering<'_>,
    source: &TableSource,
    column: &impl Fn(&str) -> Option<Expr>,
) -> Option<Expr> {
    let window = lowering.window?;
    let time = column(source.time.as_deref()?)?;
    Some(time.clone().gt(lit(window.after)).and(time.lt_eq(lit(window.until))))
}

/// A table without data.
fn no_rows(lowering: &Lowering<'_>, rowset: &Rowset) -> Result<Plan, QueryError> {
    let fields: Vec<_> = rowset
        .columns
        .iter()
        .map(|column| physical::field(&column_name(column.id), column.ty))
        .collect();
    let provider = Arc::new(EmptyTable::new(Arc::new(Schema::new(fields))));
    Ok(Plan::unordered(rows_of(&lowering.fresh("t"), provider)?))
}

/// All rows and columns of a provider whose columns are named as the plan's.
pub(crate) fn rows_of(
    alias: &str,
    provider: Arc<dyn TableProvider>,
) -> Result<LogicalPlan, QueryError> {
    let schema = provider.schema();
    let columns = schema.fields().iter().map(|field| {
        let column = Column::new(Some(PlanTable::bare(alias.to_owned())), field.name());
        named(Expr::Column(column), field.name())
    });
    let plan = scan(alias, provider, None)?;
    Ok(LogicalPlan::Projection(Projection::try_new(columns.collect(), Arc::new(plan))?))
}
