//! A tabular `let`, a `materialize`, the rows around a subquery.

use kql_semantics::bound::{ContextId, Rowset, SharedRowset};

use super::table::rows_of;
use crate::QueryError;
use crate::diagnostics::{not_supported, refused};
use crate::lower::Lowering;
use crate::plan::{Plan, column, column_name};

pub(crate) fn lower(
    lowering: &mut Lowering<'_>,
    rowset: &Rowset,
    definition: &SharedRowset,
) -> Result<Plan, QueryError> {
    let plan = match lowering.kept.table(definition) {
        Some(kept) => {
            let name = lowering.fresh("t");
            let plan = rows_of(&name, kept.provider.clone())?;
            let (order, ingested) = (kept.order.clone(), kept.ingested.clone());
            Plan { plan, order, apart: None, ingested }
        }
        None => lowering.rowset(&definition.rowset)?,
    };
    let given = definition.rowset.columns.iter().zip(&rowset.columns);
    let columns = given
        .filter(|(inner, _)| !lowering.unread.contains(&inner.id))
        .map(|(inner, outer)| (column(&column_name(inner.id)), column_name(outer.id)))
        .collect();
    renamed(lowering, plan, columns)
}

/// Just these columns under new names. What the order is made of gets new names too: the same rows may be met twice.
pub(crate) fn renamed(
    lowering: &Lowering<'_>,
    mut plan: Plan,
    mut columns: Vec<(datafusion::logical_expr::Expr, String)>,
) -> Result<Plan, QueryError> {
    let mut order = std::mem::take(&mut plan.order);
    for key in &mut order.keys {
        let old = column(&key.column);
        let new = match columns.iter().find(|(expression, _)| *expression == old) {
            Some((_, name)) => name.clone(),
            None => {
                let name = lowering.fresh("o");
                columns.push((old, name.clone()));
                name
            }
        };
        key.column = new;
    }
    if let Some(old) = plan.ingested.take() {
        let new = lowering.fresh("i");
        columns.push((column(&old), new.clone()));
        plan.ingested = Some(new);
    }
    let plan = plan.project(columns)?;
    Ok(Plan { order, ..plan })
}

/// The rows of the operator around. A table that is run before the query can not have them.
pub(crate) fn context(
    lowering: &Lowering<'_>,
    rowset: &Rowset,
    context: ContextId,
) -> Result<Plan, QueryError> {
    let plan = lowering.contexts.get(&context).cloned();
    let refuse = || refused(not_supported("such a table inside a subquery", rowset.span));
    plan.ok_or_else(refuse)
}
