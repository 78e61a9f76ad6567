//! Which operator lowers which rowset.

use kql_semantics::bound::{Rowset, RowsetKind};

use super::Lowering;
use crate::plan::Plan;
use crate::{QueryError, operators};

impl Lowering<'_> {
    /// The plan that makes a rowset's rows.
    pub(crate) fn rowset(&mut self, rowset: &Rowset) -> Result<Plan, QueryError> {
        let mut plan = self.operator(rowset)?;
        if self.reads_ingestion {
            // Operators of ours may leave behind what they do not know.
            let ingested = plan.ingested.take().filter(|name| plan.has_column(name));
            self.ingested.replace(ingested.clone());
            plan.ingested = ingested;
        }
        Ok(plan)
    }

    fn operator(&mut self, rowset: &Rowset) -> Result<Plan, QueryError> {
        self.count_operator()?;
        operators::windows::check(rowset)?;
        match &rowset.kind {
            RowsetKind::Error => {
                Err(QueryError::Internal(String::from("a query with errors was to be run")))
            }
            RowsetKind::Table(table) => operators::table::lower(self, rowset, table),
            RowsetKind::Values(rows) => operators::values::lower(self, rowset, rows),
            RowsetKind::Print(values) => operators::print::lower(self, rowset, values),
            RowsetKind::Range { bounds } => operators::range::lower(self, rowset, bounds),
            RowsetKind::ExternalData(_) => operators::external_data::lower(self, rowset),
            RowsetKind::Called(call) => operators::called::lower(self, rowset, call),
            RowsetKind::Context(context) => operators::reference::context(self, rowset, *context),
            RowsetKind::Reference { definition } => {
                operators::reference::lower(self, rowset, definition)
            }
            RowsetKind::Filter { input, predicate } => {
                operators::filter::lower(self, input, predicate)
            }
            RowsetKind::Extend { input, columns } => operators::extend::lower(self, input, columns),
            RowsetKind::Project { input, columns, .. } => {
                operators::project::lower(self, input, columns)
            }
            RowsetKind::Distinct { input } => operators::distinct::lower(self, rowset, input),
            RowsetKind::Summarize { input, keys, aggregates, is_total } => {
                let parts = operators::summarize::Parts { keys, aggregates, is_total: *is_total };
                operators::summarize::lower(self, input, &parts)
            }
            RowsetKind::Join(join) => operators::join::lower(self, rowset, join),
            RowsetKind::Union(union) => operators::union::lower(self, rowset, union),
            RowsetKind::Sort { input, keys } => operators::sort::lower(self, input, keys),
            RowsetKind::Take { input, count } => operators::take::lower(self, input, count),
            RowsetKind::Sample { input, count } => operators::sample::lower(self, input, count),
            RowsetKind::SampleDistinct { input, count } => {
                operators::sample_distinct::lower(self, input, count)
            }
            RowsetKind::Serialize { input } => operators::serialize::lower(self, input),
            RowsetKind::MvExpand(expand) => operators::mv_expand::lower(self, rowset, expand),
            RowsetKind::MvApply(apply) => operators::mv_apply::lower(self, rowset, apply),
            RowsetKind::Parse(parse) => operators::parse::lower(self, rowset, parse),
            RowsetKind::ParseKv(parse) => operators::parse_kv::lower(self, rowset, parse),
            RowsetKind::MakeSeries(series) => operators::make_series::lower(self, rowset, series),
            RowsetKind::Scan(scan) => operators::scan::lower(self, rowset, scan),
            RowsetKind::Partition(partition) => {
                operators::partition::lower(self, rowset, partition)
            }
            RowsetKind::TopNested(top) => operators::top_nested::lower(self, rowset, top),
            RowsetKind::TopHitters { input, count, of, by, sum } => {
                let parts = operators::top_hitters::Parts { count, of, by: by.as_ref(), sum: *sum };
                operators::top_hitters::lower(self, input, &parts)
            }
            RowsetKind::Reduce { input, of, properties } => {
                operators::reduce::lower(self, rowset, input, (of, properties))
            }
            RowsetKind::Graph(graph) => operators::graph::lower(self, rowset, graph),
            RowsetKind::Evaluate(evaluate) => operators::evaluate::lower(self, rowset, evaluate),
            RowsetKind::Consume { input } => operators::consume::lower(self, rowset, input),
            RowsetKind::AssertSchema { input } => self.rowset(input),
        }
    }
}
