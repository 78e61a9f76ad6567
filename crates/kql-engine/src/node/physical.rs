//! The physical node, and how the logical one becomes it.

use std::any::Any;
use std::fmt;
use std::sync::Arc;

use arrow::array::RecordBatch;
use arrow::compute::SortOptions;
use arrow::datatypes::SchemaRef;
use async_trait::async_trait;
use datafusion::catalog::Session;
use datafusion::common::tree_node::TreeNodeRecursion;
use datafusion::common::{DataFusionError, Result, internal_err};
use datafusion::execution::memory_pool::MemoryConsumer;
use datafusion::execution::{SendableRecordBatchStream, TaskContext};
use datafusion::logical_expr::{LogicalPlan, UserDefinedLogicalNode};
use datafusion::physical_expr::expressions::Column;
use datafusion::physical_expr::projection::ProjectionMapping;
use datafusion::physical_expr::{
    Distribution, EquivalenceProperties, LexOrdering, OrderingRequirements, PhysicalExpr,
    PhysicalSortExpr,
};
use datafusion::physical_plan::execution_plan::{
    Boundedness, ChildrenPropertiesMode, EmissionType, ReplaceChildrenOptions,
};
use datafusion::physical_plan::metrics::{BaselineMetrics, ExecutionPlanMetricsSet, MetricsSet};
use datafusion::physical_plan::stream::RecordBatchStreamAdapter;
use datafusion::physical_plan::{
    DisplayAs, DisplayFormatType, ExecutionPlan, ExecutionPlanProperties,
    InputDistributionRequirements, Partitioning, PlanProperties,
};
use datafusion::physical_planner::{ExtensionPlanner, PhysicalPlanner};
use futures::{StreamExt, TryStreamExt, stream};

use super::{Batches, Columns, Operator, OperatorNode, Process, Rows, Run, Spread};
use crate::plan::OrderKey;
use crate::stop::Stop;

/// Plans [`OperatorNode`]s.
#[derive(Debug, Default)]
pub(crate) struct OperatorPlanner {
    /// Whether the query is to stop.
    pub(crate) stop: Stop,
}

#[async_trait]
impl ExtensionPlanner for OperatorPlanner {
    async fn plan_extension(
        &self,
        _planner: &dyn PhysicalPlanner,
        node: &dyn UserDefinedLogicalNode,
        _logical_inputs: &[&LogicalPlan],
        physical_inputs: &[Arc<dyn ExecutionPlan>],
        _session: &dyn Session,
        _context: &datafusion::logical_expr::physical_planning_context::PhysicalPlanningContext,
    ) -> Result<Option<Arc<dyn ExecutionPlan>>> {
        self.stop.check().map_err(|error| DataFusionError::External(Box::new(error)))?;
        let Some(node) = (node.as_any() as &dyn Any).downcast_ref::<OperatorNode>() else {
            return Ok(None);
        };
        let schema = Arc::clone(UserDefinedLogicalNode::schema(node).inner());
        let operator = Arc::clone(node.operator());
        let order = ordering(node.order(), physical_inputs.first())?;
        Ok(Some(Arc::new(OperatorExec::try_new(
            operator,
            order,
            physical_inputs.to_vec(),
            schema,
        )?)))
    }
}

/// An operator of ours over its inputs.
#[derive(Clone)]
struct OperatorExec {
    operator: Arc<dyn Operator>,
    /// In which the first input's rows must come.
    order: Option<LexOrdering>,
    inputs: Vec<Arc<dyn ExecutionPlan>>,
    properties: Arc<PlanProperties>,
    metrics: ExecutionPlanMetricsSet,
}

impl OperatorExec {
    fn try_new(
        operator: Arc<dyn Operator>,
        order: Option<LexOrdering>,
        inputs: Vec<Arc<dyn ExecutionPlan>>,
        schema: SchemaRef,
    ) -> Result<Self> {
        let Some(first) = inputs.first() else {
            return internal_err!("{} has no input", operator.name());
        };
        let equivalences = match operator.columns() {
            Columns::Added { .. } => passed_on(&*operator, first, &schema)?,
            Columns::Made(_) => EquivalenceProperties::new(schema),
        };
        let is_single = operator.spread() == Spread::Single;
        let partitions = if is_single { 1 } else { first.output_partitioning().partition_count() };
        let emission = if is_single { EmissionType::Both } else { EmissionType::Incremental };
        let properties = PlanProperties::new(
            equivalences,
            Partitioning::UnknownPartitioning(partitions),
            emission,
            Boundedness::Bounded,
        );
        let properties = Arc::new(properties);
        let metrics = ExecutionPlanMetricsSet::new();
        Ok(Self { operator, order, inputs, properties, metrics })
    }

    async fn start(
        self,
        partition: usize,
        context: Arc<TaskContext>,
    ) -> Result<(SendableRecordBatchStream, Box<dyn Process>)> {
        let consumer = || MemoryConsumer::new(self.operator.name());
        let Some((first, others)) = self.inputs.split_first() else {
            return internal_err!("{} has no input", self.operator.name());
        };
        let memory = consumer().register(context.memory_pool());
        let mut whole = Vec::with_capacity(others.len());
        for other in others {
            let kept = consumer().register(context.memory_pool());
            let mut rows = Rows::new(other.schema(), kept);
            let mut batches = other.execute(0, Arc::clone(&context))?;
            while let Some(batch) = batches.try_next().await? {
                rows.keep(batch)?;
            }
            let (batch, kept) = rows.take()?;
            // Held as long as the run is.
            memory.grow(kept.size());
            whole.push(batch);
        }
        let run = Run {
            partition,
            input: first.schema(),
            output: self.schema(),
            others: whole,
            batch_size: context.session_config().batch_size(),
            memory,
        };
        let process = Arc::clone(&self.operator).start(run)?;
        Ok((first.execute(partition, context)?, process))
    }
}

/// Order keys as physical sort expressions.
fn ordering(
    keys: &[OrderKey],
    input: Option<&Arc<dyn ExecutionPlan>>,
) -> Result<Option<LexOrdering>> {
    let Some(input) = input else { return Ok(None) };
    let schema = input.schema();
    let keys = keys.iter().map(|key| {
        let column: Arc<dyn PhysicalExpr> =
            Arc::new(Column::new_with_schema(&key.column, &schema)?);
        let options = SortOptions { descending: !key.is_ascending, nulls_first: key.nulls_first };
        Ok(PhysicalSortExpr::new(column, options))
    });
    Ok(LexOrdering::new(keys.collect::<Result<Vec<_>>>()?))
}

/// What is known of the order of the first input's columns, where they are passed on.
fn passed_on(
    operator: &dyn Operator,
    input: &Arc<dyn ExecutionPlan>,
    schema: &SchemaRef,
) -> Result<EquivalenceProperties> {
    if !operator.keeps_order() {
        return Ok(EquivalenceProperties::new(Arc::clone(schema)));
    }
    let own = input.schema();
    let mapping = own.fields().iter().enumerate().filter_map(|(at, field)| {
        let place = schema.index_of(field.name()).ok()?;
        let column = |at: usize| Arc::new(Column::new(field.name(), at)) as Arc<dyn PhysicalExpr>;
        Some((column(at), vec![(column(place), place)].into()))
    });
    let mapping: ProjectionMapping = mapping.collect();
    let known = input.equivalence_properties().project(&mapping, Arc::clone(schema));
    // A row may come several times: no column stays unique.
    Ok(known.with_constraints(datafusion::common::Constraints::default()))
}

impl fmt::Debug for OperatorExec {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.operator)
    }
}

impl DisplayAs for OperatorExec {
    fn fmt_as(&self, _form: DisplayFormatType, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.operator.name())
    }
}

impl ExecutionPlan for OperatorExec {
    fn name(&self) -> &str {
        self.operator.name()
    }

    fn properties(&self) -> &Arc<PlanProperties> {
        &self.properties
    }

    fn children(&self) -> Vec<&Arc<dyn ExecutionPlan>> {
        self.inputs.iter().collect()
    }

    fn apply_expressions(
        &self,
        _visit: &mut dyn FnMut(&Arc<dyn PhysicalExpr>) -> Result<TreeNodeRecursion>,
    ) -> Result<TreeNodeRecursion> {
        Ok(TreeNodeRecursion::Continue)
    }

    fn replace_children(
        self: Arc<Self>,
        children: Vec<Arc<dyn ExecutionPlan>>,
        options: ReplaceChildrenOptions,
    ) -> Result<Arc<dyn ExecutionPlan>> {
        if matches!(options.children_properties, ChildrenPropertiesMode::Keep) {
            let metrics = ExecutionPlanMetricsSet::new();
            return Ok(Arc::new(Self { inputs: children, metrics, ..Self::clone(&self) }));
        }
        let operator = Arc::clone(&self.operator);
        let order = self.order.clone();
        Ok(Arc::new(Self::try_new(operator, order, children, self.schema())?))
    }

    fn with_new_children(
        self: Arc<Self>,
        children: Vec<Arc<dyn ExecutionPlan>>,
    ) -> Result<Arc<dyn ExecutionPlan>> {
        self.replace_children(
            children,
            ReplaceChildrenOptions::new(ChildrenPropertiesMode::Recompute),
        )
    }

    fn required_input_distribution(&self) -> Vec<Distribution> {
        self.input_distribution_requirements().into_per_child()
    }

    fn input_distribution_requirements(&self) -> InputDistributionRequirements {
        let first = match self.operator.spread() {
            Spread::EachPartition => Distribution::UnspecifiedDistribution,
            Spread::Single => Distribution::SinglePartition,
        };
        let others = self.inputs.iter().skip(1).map(|_| Distribution::SinglePartition);
        InputDistributionRequirements::new(std::iter::once(first).chain(others).collect())
    }

    fn required_input_ordering(&self) -> Vec<Option<OrderingRequirements>> {
        let first = self.order.clone().map(OrderingRequirements::from);
        let others = self.inputs.iter().skip(1).map(|_| None);
        std::iter::once(first).chain(others).collect()
    }

    fn maintains_input_order(&self) -> Vec<bool> {
        // Sorts stay below an operator that passes the order on. One that asks for an order of its own must not say so: what
        // is asked for above would be sorted for below, instead of it.
        // Nor one that drops columns: DataFusion takes a column's place above for its place below.
        let keeps =
            self.operator.keeps_order() && self.order.is_none() && self.operator.drops().is_empty();
        // Of further inputs none: what is asked for above would be asked of them too.
        (0..self.inputs.len()).map(|at| at == 0 && keeps).collect()
    }

    fn benefits_from_input_partitioning(&self) -> Vec<bool> {
        // Dealing rows out among the cores would lose the order that they came in.
        vec![false; self.inputs.len()]
    }

    fn execute(
        &self,
        partition: usize,
        context: Arc<TaskContext>,
    ) -> Result<SendableRecordBatchStream> {
        let metrics = BaselineMetrics::new(&self.metrics, partition);
        let started = self.clone().start(partition, context);
        let batches = stream::once(started).map_ok(|(input, process)| flow(input, process));
        let batches = batches.try_flatten().map(move |batch| {
            if let Ok(batch) = &batch {
                metrics.output_rows().add(batch.num_rows());
            }
            batch
        });
        Ok(Box::pin(RecordBatchStreamAdapter::new(self.schema(), batches)))
    }

    fn metrics(&self) -> Option<MetricsSet> {
        Some(self.metrics.clone_inner())
    }
}

/// Where a flow of batches stands.
struct Flow {
    input: Option<SendableRecordBatchStream>,
    process: Box<dyn Process>,
    made: Batches,
}

/// The batches that `process` makes of `input`'s. Others have their turn between any two.
fn flow(
    input: SendableRecordBatchStream,
    process: Box<dyn Process>,
) -> impl stream::Stream<Item = Result<RecordBatch>> + Send {
    let flow = Flow { input: Some(input), process, made: super::no_batches() };
    stream::try_unfold(flow, |mut flow| async move {
        loop {
            match flow.made.next().transpose()? {
                Some(Some(batch)) if batch.num_rows() > 0 => return Ok(Some((batch, flow))),
                Some(_) => tokio::task::yield_now().await,
                None => {
                    let Some(input) = &mut flow.input else { return Ok(None) };
                    flow.made = match input.try_next().await? {
                        Some(batch) => flow.process.push(batch)?,
                        None => {
                            flow.input = None;
                            flow.process.finish()?
                        }
                    };
                }
            }
        }
    })
}
