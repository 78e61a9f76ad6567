//! `mv-expand`

use std::sync::Arc;

use kql_semantics::Type;
use kql_semantics::bound::{MvExpandRowset, Rowset};

use super::expand::{Expand, Expanded};
use crate::QueryError;
use crate::lower::Lowering;
use crate::plan::{OrderKey, Plan, column_name};

pub(crate) fn lower(
    lowering: &mut Lowering<'_>,
    _rowset: &Rowset,
    expand: &MvExpandRowset,
) -> Result<Plan, QueryError> {
    let plan = lowering.rowset(&expand.input)?;
    Expansion { expand, makes_ghosts: None }.lower(lowering, plan)
}

/// An expansion that is to be lowered.
pub(super) struct Expansion<'a> {
    /// What is expanded.
    pub(super) expand: &'a MvExpandRowset,
    /// A column that marks ghosts made here (see `Apart`).
    pub(super) makes_ghosts: Option<String>,
}

impl Expansion<'_> {
    /// The rows of a plan, expanded; in the order that they were in, elements in their own.
    pub(super) fn lower(self, lowering: &Lowering<'_>, plan: Plan) -> Result<Plan, QueryError> {
        let expand = self.expand;
        let sources: Vec<_> = expand.expansions.iter().map(|own| &own.source).collect();
        let mut plan = lowering.prepared(plan, &sources)?;
        let mut columns = Vec::with_capacity(sources.len());
        let mut expansions = Vec::with_capacity(sources.len());
        for expansion in &expand.expansions {
            let source = lowering.fresh("x");
            let dynamic = lowering.scalar(&expansion.source)?;
            let (from, at) = (expansion.source.ty, expansion.source.span);
            columns.push((lowering.converted(dynamic, from, Type::Dynamic, at)?, source.clone()));
            let output = column_name(expansion.output);
            expansions.push(Expanded { source, output, ty: expansion.ty });
        }
        plan = plan.extend(columns)?;
        // The elements' places are part of the order.
        let index = match expand.item_index {
            Some(id) => column_name(id),
            None => lowering.fresh("o"),
        };
        let limit = match &expand.limit {
            Some(limit) => lowering.count(limit)?,
            None => usize::MAX,
        };
        let operator = Expand {
            expansions,
            bags_as_arrays: expand.bags_as_arrays,
            item_index: Some(index.clone()),
            limit,
            ghost: plan.apart.as_ref().and_then(|apart| apart.ghost.clone()),
            makes_ghosts: self.makes_ghosts,
        };
        let mut plan = plan.operator(Arc::new(operator))?;
        if !plan.order.keys.is_empty() {
            plan.order.keys.push(OrderKey::ascending(index));
        }
        Ok(plan)
    }
}
