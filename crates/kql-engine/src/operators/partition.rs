//! `partition`: the body is run once, over all rows, which are kept apart by a column. A body that can not be run so is run for
//! each value, before the query around it.

mod each;

use std::sync::Arc;

use kql_semantics::bound::{PartitionRowset, Rowset, ScalarKind};

pub(crate) use each::{Around, MOST_VALUES, runs_for_each, values};

use super::expand::Expand;
use super::table::rows_of;
use crate::QueryError;
use crate::lower::Lowering;
use crate::plan::{Apart, Plan, Strength, column, column_name};

pub(crate) fn lower(
    lowering: &mut Lowering<'_>,
    rowset: &Rowset,
    partition: &PartitionRowset,
) -> Result<Plan, QueryError> {
    if let Some(kept) = lowering.kept.rows(rowset) {
        let plan = rows_of(&lowering.fresh("t"), kept.provider.clone())?;
        return Ok(Plan { order: kept.order.clone(), ..Plan::unordered(plan) });
    }
    let plan = lowering.rowset(&partition.input)?.all_one("`partition`", rowset.span)?;
    let plan = lowering.prepared(plan, &[&partition.by])?;
    let key = lowering.fresh("k");
    let by = lowering.scalar(&partition.by)?;
    let mut plan = plan.extend(vec![(by, key.clone())])?;
    // The column that makes the partitions can be named in the body even where it is no column there.
    let carried = match partition.by.kind {
        ScalarKind::Column(id) => vec![column_name(id)],
        _ => Vec::new(),
    };
    let ghost = super::summarize::summarizes_all(&partition.body).then(|| lowering.fresh("g"));
    if let Some(ghost) = &ghost {
        plan = plan.operator(Arc::new(Expand::into_ghosts(ghost.clone())))?;
    }
    plan.apart = Some(Apart { key, carried, ghost });
    let plan = lowering.in_context(partition.context, plan, &partition.body)?.without_ghosts()?;
    let mut plan = match plan.order.strength {
        Strength::Written => plan.runs_together(),
        Strength::Natural | Strength::Derived => plan,
    };
    plan.apart = None;
    let columns = rowset.columns.iter().map(|own| {
        let name = column_name(own.id);
        (column(&name), name)
    });
    plan.project(columns.collect())
}
