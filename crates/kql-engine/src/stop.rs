//! Whether anybody still waits for a query: planning asks between its steps, so that a large plan does not outlive it.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use datafusion::common::config::ConfigOptions;
use datafusion::common::tree_node::Transformed;
use datafusion::common::{DataFusionError, Result};
use datafusion::logical_expr::LogicalPlan;
use datafusion::optimizer::analyzer::{Analyzer, AnalyzerRule};
use datafusion::optimizer::{Optimizer, OptimizerConfig, OptimizerRule};
use datafusion::physical_optimizer::PhysicalOptimizerRule;
use datafusion::physical_optimizer::optimizer::PhysicalOptimizer;
use datafusion::physical_plan::ExecutionPlan;

use crate::QueryError;

/// Says that a query is to stop. Clones are one.
#[derive(Clone, Debug, Default)]
pub(crate) struct Stop(Arc<AtomicBool>);

/// Stops its query when it goes: the one who waited has gone.
#[derive(Debug)]
pub(crate) struct Waiting(Stop);

impl Drop for Waiting {
    fn drop(&mut self) {
        self.0.0.store(true, Ordering::Relaxed);
    }
}

impl Stop {
    /// As long as this is held the query goes on.
    pub(crate) fn waiting(&self) -> Waiting {
        Waiting(self.clone())
    }

    /// An error where the query is to stop.
    pub(crate) fn check(&self) -> Result<(), QueryError> {
        if self.0.load(Ordering::Relaxed) { Err(QueryError::Cancelled) } else { Ok(()) }
    }

    fn checked(&self) -> Result<()> {
        self.check().map_err(|error| DataFusionError::External(Box::new(error)))
    }

    /// DataFusion's analyzer, asking before each rule.
    pub(crate) fn analyzer_rules(&self) -> Vec<Arc<dyn AnalyzerRule + Send + Sync>> {
        self.before_each(Analyzer::new().rules, |stop| Arc::new(stop))
    }

    /// DataFusion's optimizer, asking before each rule.
    pub(crate) fn optimizer_rules(&self) -> Vec<Arc<dyn OptimizerRule + Send + Sync>> {
        self.before_each(Optimizer::new().rules, |stop| Arc::new(stop))
    }

    /// DataFusion's optimizer of physical plans, asking before each rule.
    pub(crate) fn physical_rules(&self) -> Vec<Arc<dyn PhysicalOptimizerRule + Send + Sync>> {
        self.before_each(PhysicalOptimizer::new().rules, |stop| Arc::new(stop))
    }

    fn before_each<R>(&self, rules: Vec<R>, own: impl Fn(Self) -> R) -> Vec<R> {
        rules.into_iter().flat_map(|rule| [own(self.clone()), rule]).collect()
    }
}

impl AnalyzerRule for Stop {
    fn analyze(&self, plan: LogicalPlan, _config: &ConfigOptions) -> Result<LogicalPlan> {
        self.checked().map(|()| plan)
    }

    fn name(&self) -> &'static str {
        "stop"
    }
}

impl OptimizerRule for Stop {
    fn name(&self) -> &'static str {
        "stop"
    }

    fn rewrite(
        &self,
        plan: LogicalPlan,
        _config: &dyn OptimizerConfig,
    ) -> Result<Transformed<LogicalPlan>> {
        self.checked().map(|()| Transformed::no(plan))
    }
}

impl PhysicalOptimizerRule for Stop {
    fn optimize(
        &self,
        plan: Arc<dyn ExecutionPlan>,
        _config: &ConfigOptions,
    ) -> Result<Arc<dyn ExecutionPlan>> {
        self.checked().map(|()| plan)
    }

    fn name(&self) -> &'static str {
        "stop"
    }

    fn schema_check(&self) -> bool {
        true
    }
}
