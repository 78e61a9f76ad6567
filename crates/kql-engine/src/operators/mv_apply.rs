//! `mv-apply`: the body is run once, over the expansions of all input rows, which are kept apart.

use std::sync::Arc;

use kql_semantics::bound::{MvApplyRowset, Rowset};

use super::mv_expand::Expansion;
use super::ordinal::Ordinal;
use crate::QueryError;
use crate::lower::Lowering;
use crate::plan::{Apart, Plan, column, column_name};

pub(crate) fn lower(
    lowering: &mut Lowering<'_>,
    rowset: &Rowset,
    apply: &MvApplyRowset,
) -> Result<Plan, QueryError> {
    let mut plan = lowering.rowset(&apply.expand.input)?;
    let outer = plan.apart.take();
    let key = lowering.fresh("k");
    plan = plan.operator(Arc::new(Ordinal { output: key.clone() }))?;
    let order = std::mem::take(&mut plan.order);
    let ghost = super::summarize::summarizes_all(&apply.body).then(|| lowering.fresh("g"));
    let expansion = Expansion { expand: &apply.expand, makes_ghosts: ghost.clone() };
    let mut plan = expansion.lower(lowering, plan)?;
    // What of the input is given beside the body's columns, and what the order and the operators around need of it.
    let mut carried: Vec<String> = apply.kept.iter().map(|id| column_name(*id)).collect();
    carried.extend(order.keys.iter().map(|key| key.column.clone()));
    carried.extend(outer.iter().flat_map(Apart::columns));
    carried.sort_unstable();
    carried.dedup();
    plan.apart = Some(Apart { key: key.clone(), carried, ghost });
    let mut plan = lowering.in_context(apply.context, plan, &apply.body)?.without_ghosts()?;
    // First as the input's rows were, then as the body left them.
    let mut keys = order.keys;
    keys.push(crate::plan::OrderKey::ascending(key));
    let inner = std::mem::take(&mut plan.order.keys);
    keys.extend(inner.into_iter().filter(|key| plan.has_column(&key.column)));
    let mut known = std::collections::HashSet::new();
    keys.retain(|key| known.insert(key.column.clone()));
    plan.order = crate::plan::Order { keys, strength: order.strength };
    plan.apart = outer;
    let columns = rowset.columns.iter().map(|own| {
        let name = column_name(own.id);
        (column(&name), name)
    });
    plan.project(columns.collect())
}
