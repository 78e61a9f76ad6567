//! DataFusion's session: how plans are made and what they may use.

use std::num::NonZeroUsize;
use std::sync::Arc;

use datafusion::catalog::Session;
use datafusion::execution::context::QueryPlanner;
use datafusion::execution::memory_pool::{FairSpillPool, TrackConsumersPool};
use datafusion::execution::runtime_env::{RuntimeEnv, RuntimeEnvBuilder};
use datafusion::execution::{SessionState, SessionStateBuilder};
use datafusion::logical_expr::LogicalPlan;
use datafusion::physical_plan::ExecutionPlan;
use datafusion::physical_planner::{DefaultPhysicalPlanner, PhysicalPlanner};
use datafusion::prelude::SessionConfig;

use crate::node::OperatorPlanner;
use crate::stop::Stop;
use crate::{EngineOptions, QueryError};

/// How many consumers of memory an error names.
const CONSUMERS: NonZeroUsize = NonZeroUsize::MIN.saturating_add(4);

/// How joins are computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Joins {
    /// By hash tables, which can not spill.
    Hash,
    /// By sorting both sides, which can.
    SortMerge,
}

/// The memory and the disk that all queries of an engine share.
pub(crate) fn runtime(options: &EngineOptions) -> Result<Arc<RuntimeEnv>, QueryError> {
    let pool = TrackConsumersPool::new(FairSpillPool::new(options.memory), CONSUMERS);
    Ok(RuntimeEnvBuilder::new().with_memory_pool(Arc::new(pool)).build_arc()?)
}

/// A session of one query.
pub(crate) fn session(
    options: &EngineOptions,
    runtime: &Arc<RuntimeEnv>,
    joins: Joins,
    stop: &Stop,
) -> SessionState {
    let mut config = SessionConfig::new()
        .with_target_partitions(options.threads.max(1))
        .with_information_schema(false)
        .with_create_default_catalog_and_schema(false)
        // Sorts stand in plans only where they are needed.
        .with_enable_subquery_sort_elimination(false);
    let settings = config.options_mut();
    // Buffers of views are counted many times over, and a sort that fits fails for it.
    settings.execution.parquet.schema_force_view_types = false;
    settings.optimizer.prefer_hash_join = joins == Joins::Hash;
    SessionStateBuilder::new()
        .with_config(config)
        .with_runtime_env(Arc::clone(runtime))
        .with_analyzer_rules(stop.analyzer_rules())
        .with_optimizer_rules(stop.optimizer_rules())
        .with_physical_optimizer_rules(stop.physical_rules())
        .with_query_planner(Arc::new(Planner { stop: stop.clone() }))
        .build()
}

/// DataFusion's planner that knows the operators of ours.
#[derive(Debug)]
struct Planner {
    stop: Stop,
}

#[async_trait::async_trait]
impl QueryPlanner for Planner {
    async fn create_physical_plan(
        &self,
        plan: &LogicalPlan,
        session: &dyn Session,
    ) -> datafusion::common::Result<Arc<dyn ExecutionPlan>> {
        let planner =
            DefaultPhysicalPlanner::with_extension_planners(vec![Arc::new(OperatorPlanner {
                stop: self.stop.clone(),
            })]);
        planner.create_physical_plan(plan, session).await
    }
}
