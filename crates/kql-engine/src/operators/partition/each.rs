//! A body of `partition` that is run for each value apart: it has rows of its own, or operators that know no runs side by side.

use std::sync::Arc;

use datafusion::logical_expr::{Aggregate, Expr, LogicalPlan, Operator, binary_expr, lit};
use kql_functions::physical;
use kql_semantics::Value;
use kql_semantics::bound::{ContextId, JoinKind, PartitionRowset, Rowset, RowsetKind, ScalarKind};

use crate::QueryError;
use crate::lower::Lowering;
use crate::plan::{Plan, column};

/// For so many values a body is run at most, as in Kusto.
pub(crate) const MOST_VALUES: usize = 64;

/// The value that a body is run for.
#[derive(Clone, Copy)]
pub(crate) struct Around<'p> {
    /// The operator.
    pub(crate) partition: &'p PartitionRowset,
    /// The value.
    pub(crate) value: &'p Value,
}

impl Around<'_> {
    /// Has the body see just the rows of the value, and the value itself.
    pub(crate) fn enter(&self, lowering: &mut Lowering<'_>) -> Result<(), QueryError> {
        let partition = self.partition;
        if reads(&partition.body, partition.context) {
            let plan = lowering.rowset(&partition.input)?;
            let plan = plan.all_one("`partition`", partition.input.span)?;
            let plan = lowering.prepared(plan, &[&partition.by])?;
            let by = lowering.scalar(&partition.by)?;
            let value = lit(physical::scalar_value(self.value));
            let plan = plan.filter(binary_expr(by, Operator::IsNotDistinctFrom, value))?;
            lowering.contexts.insert(partition.context, plan);
        }
        if let ScalarKind::Column(id) = partition.by.kind {
            lowering.outer.insert(id, self.value.clone());
        }
        Ok(())
    }
}

/// A plan of the values, in the column that is named.
pub(crate) fn values(
    lowering: &mut Lowering<'_>,
    partition: &PartitionRowset,
) -> Result<(LogicalPlan, String), QueryError> {
    let plan = lowering.rowset(&partition.input)?;
    let plan = plan.all_one("`partition`", partition.input.span)?;
    let plan = lowering.prepared(plan, &[&partition.by])?;
    let name = lowering.fresh("k");
    let key: Expr = lowering.scalar(&partition.by)?.alias(name.clone());
    let grouped = Aggregate::try_new(Arc::new(plan.plan), vec![key], Vec::new())?;
    let plan = Plan::unordered(LogicalPlan::Aggregate(grouped));
    Ok((plan.project(vec![(column(&name), name.clone())])?.plan, name))
}

/// Whether the body must be run for each value.
pub(crate) fn runs_for_each(partition: &PartitionRowset) -> bool {
    !runs_apart(&partition.body, partition.context)
}

/// Whether a body can be run once over the rows of all runs.
fn runs_apart(rowset: &Rowset, context: ContextId) -> bool {
    let inside = |input: &Rowset| runs_apart(input, context) && !asks_inside(rowset, context);
    match &rowset.kind {
        RowsetKind::Context(own) => *own == context,
        RowsetKind::Reference { definition } => {
            !definition.is_materialized && runs_apart(&definition.rowset, context)
        }
        RowsetKind::Filter { input, .. }
        | RowsetKind::Extend { input, .. }
        | RowsetKind::Project { input, .. }
        | RowsetKind::Distinct { input }
        | RowsetKind::Summarize { input, .. }
        | RowsetKind::Sort { input, .. }
        | RowsetKind::Take { input, .. }
        | RowsetKind::Sample { input, .. }
        | RowsetKind::SampleDistinct { input, .. }
        | RowsetKind::Serialize { input }
        | RowsetKind::TopHitters { input, .. }
        | RowsetKind::Consume { input }
        | RowsetKind::AssertSchema { input } => inside(input),
        RowsetKind::MvExpand(expand) => inside(&expand.input),
        RowsetKind::MvApply(apply) => inside(&apply.expand.input) && !reads(&apply.body, context),
        RowsetKind::TopNested(top) => {
            inside(&top.input) && top.levels.iter().all(|level| level.others.is_none())
        }
        RowsetKind::Parse(parse) => inside(&parse.input),
        RowsetKind::ParseKv(parse) => inside(&parse.input),
        RowsetKind::MakeSeries(series) => inside(&series.input),
        RowsetKind::Scan(scan) => inside(&scan.input),
        RowsetKind::Union(union) => union.legs.iter().all(|leg| runs_apart(&leg.rowset, context)),
        RowsetKind::Join(join) => {
            let is_known = matches!(
                join.kind,
                JoinKind::InnerUnique
                    | JoinKind::Inner
                    | JoinKind::LeftOuter
                    | JoinKind::LeftSemi
                    | JoinKind::LeftAnti
            );
            is_known && inside(&join.left) && !reads(&join.right, context)
        }
        RowsetKind::Error
        | RowsetKind::Table(_)
        | RowsetKind::Values(_)
        | RowsetKind::Print(_)
        | RowsetKind::Range { .. }
        | RowsetKind::ExternalData(_)
        | RowsetKind::Called(_)
        | RowsetKind::Partition(_)
        | RowsetKind::Reduce { .. }
        | RowsetKind::Graph(_)
        | RowsetKind::Evaluate(_) => false,
    }
}

/// Whether a table inside this operator's expressions has the rows of the context.
fn asks_inside(rowset: &Rowset, context: ContextId) -> bool {
    let mut found = false;
    rowset.for_each_scalar(&mut |scalar| {
        scalar.walk(&mut |inner| {
            found |= inner.table().is_some_and(|table| reads(table, context));
        });
    });
    found
}

/// Whether rows come from the context.
fn reads(rowset: &Rowset, context: ContextId) -> bool {
    let mut found = false;
    rowset.walk(&mut |inner| {
        found |= matches!(inner.kind, RowsetKind::Context(own) if own == context);
    });
    found
}
