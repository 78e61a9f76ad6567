//! The physical plan of a scan.

use std::fmt;
use std::sync::Arc;

use arrow::datatypes::SchemaRef;
use datafusion::common::stats::Precision;
use datafusion::common::tree_node::TreeNodeRecursion;
use datafusion::common::{ColumnStatistics, DataFusionError, Result, Statistics};
use datafusion::config::ConfigOptions;
use datafusion::execution::TaskContext;
use datafusion::physical_expr::expressions::DynamicFilterTracking;
use datafusion::physical_expr::utils::{collect_columns, reassign_expr_columns};
use datafusion::physical_expr::{EquivalenceProperties, PhysicalExpr};
use datafusion::physical_plan::coop::cooperative;
use datafusion::physical_plan::execution_plan::{
    Boundedness, EmissionType, SchedulingType, apply_expression_roots,
};
use datafusion::physical_plan::filter_pushdown::{
    ChildPushdownResult, FilterPushdownPhase, FilterPushdownPropagation, PushedDown,
};
use datafusion::physical_plan::metrics::{
    BaselineMetrics, ExecutionPlanMetricsSet, MetricBuilder, MetricsSet,
};
use datafusion::physical_plan::stream::RecordBatchStreamAdapter;
use datafusion::physical_plan::{
    DisplayAs, DisplayFormatType, ExecutionPlan, Partitioning, PlanProperties,
    ReplaceChildrenOptions, SendableRecordBatchStream,
};

use super::reader::Reader;
use super::units::Unit;
use crate::table::Table;

/// Reads a table's files, divided among partitions.
#[derive(Clone)]
pub(crate) struct ScanPlan {
    table: Arc<Table>,
    projection: Vec<usize>,
    schema: SchemaRef,
    partitions: Vec<Vec<Unit>>,
    filters: Vec<Arc<dyn PhysicalExpr>>,
    /// Filters that joins and tops make while they run.
    late_filters: Vec<Arc<dyn PhysicalExpr>>,
    limit: Option<usize>,
    properties: Arc<PlanProperties>,
    metrics: ExecutionPlanMetricsSet,
}

impl ScanPlan {
    pub(crate) fn new(
        table: Arc<Table>,
        projection: Vec<usize>,
        partitions: Vec<Vec<Unit>>,
        filters: Vec<Arc<dyn PhysicalExpr>>,
        limit: Option<usize>,
    ) -> Result<Self> {
        let schema = Arc::new(table.arrow.project(&projection)?);
        let properties = PlanProperties::new(
            EquivalenceProperties::new(Arc::clone(&schema)),
            Partitioning::UnknownPartitioning(partitions.len()),
            EmissionType::Incremental,
            Boundedness::Bounded,
        )
        .with_scheduling_type(SchedulingType::Cooperative);
        let metrics = ExecutionPlanMetricsSet::new();
        Ok(Self {
            table,
            projection,
            schema,
            partitions,
            filters,
            late_filters: Vec::new(),
            limit,
            properties: Arc::new(properties),
            metrics,
        })
    }

    /// The rows of a partition, or of all; none where that is not known.
    fn rows(&self, partition: Option<usize>) -> Option<usize> {
        let units =
            self.partitions.iter().enumerate().filter(|(at, _)| partition.is_none_or(|p| p == *at));
        let rows: u64 =
            units.flat_map(|(_, units)| units).map(|unit| unit.rows).sum::<Option<u64>>()?;
        usize::try_from(rows).ok()
    }

    /// How many rows the filters leave, by experience: bounds of time have done their work before, others leave a fifth.
    fn left(&self, rows: usize) -> usize {
        let is_of_time = |filter: &Arc<dyn PhysicalExpr>| {
            collect_columns(filter)
                .iter()
                .all(|column| self.table.time.as_deref() == Some(column.name()))
        };
        if self.filters.iter().all(is_of_time) { rows } else { rows / 5 }
    }

    fn total_rows(&self) -> usize {
        let rows: u64 = self.table.files.iter().map(|file| file.rows).sum();
        usize::try_from(rows).unwrap_or(usize::MAX)
    }
}

impl fmt::Debug for ScanPlan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ScanPlan({})", self.table.schema.name)
    }
}

impl DisplayAs for ScanPlan {
    fn fmt_as(&self, _: DisplayFormatType, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> =
            self.schema.fields().iter().map(|field| field.name().as_str()).collect();
        let units: usize = self.partitions.iter().map(Vec::len).sum();
        write!(f, "LogScan: {} [{}], pieces={units}", self.table.schema.name, names.join(", "))?;
        for filter in &self.filters {
            write!(f, ", filter={filter}")?;
        }
        for filter in &self.late_filters {
            write!(f, ", late={filter}")?;
        }
        self.limit.map_or(Ok(()), |limit| write!(f, ", limit={limit}"))
    }
}

impl ExecutionPlan for ScanPlan {
    fn name(&self) -> &str {
        "LogScan"
    }

    fn properties(&self) -> &Arc<PlanProperties> {
        &self.properties
    }

    fn children(&self) -> Vec<&Arc<dyn ExecutionPlan>> {
        Vec::new()
    }

    fn apply_expressions(
        &self,
        see: &mut dyn FnMut(&Arc<dyn PhysicalExpr>) -> Result<TreeNodeRecursion>,
    ) -> Result<TreeNodeRecursion> {
        apply_expression_roots(self.filters.iter().chain(&self.late_filters), see)
    }

    fn replace_children(
        self: Arc<Self>,
        children: Vec<Arc<dyn ExecutionPlan>>,
        _: ReplaceChildrenOptions,
    ) -> Result<Arc<dyn ExecutionPlan>> {
        if children.is_empty() {
            Ok(self)
        } else {
            Err(DataFusionError::Internal(String::from("a scan has no input")))
        }
    }

    fn with_new_children(
        self: Arc<Self>,
        children: Vec<Arc<dyn ExecutionPlan>>,
    ) -> Result<Arc<dyn ExecutionPlan>> {
        self.replace_children(
            children,
            ReplaceChildrenOptions::new(
                datafusion::physical_plan::ChildrenPropertiesMode::Recompute,
            ),
        )
    }

    fn execute(
        &self,
        partition: usize,
        context: Arc<TaskContext>,
    ) -> Result<SendableRecordBatchStream> {
        let units = self.partitions.get(partition).cloned().unwrap_or_default();
        let baseline = BaselineMetrics::new(&self.metrics, partition);
        let bytes_scanned = MetricBuilder::new(&self.metrics).counter("bytes_scanned", partition);
        let mut reader = Reader {
            table: Arc::clone(&self.table),
            projection: self.projection.clone(),
            schema: Arc::clone(&self.schema),
            filters: self.filters.clone(),
            late_filters: self.late_filters.clone(),
            units: units.into_iter(),
            batch_rows: context.session_config().batch_size(),
            limit: self.limit,
            bytes_scanned,
            current: None,
        };
        let mut is_over = false;
        let batches = std::iter::from_fn(move || {
            if is_over {
                return None;
            }
            let timer = baseline.elapsed_compute().timer();
            let batch = reader.next().transpose();
            timer.done();
            // Behind an error there is nothing that could be trusted.
            is_over = !matches!(batch, Some(Ok(_)));
            if let Some(Ok(batch)) = &batch {
                baseline.record_output(batch.num_rows());
            }
            batch
        });
        let stream =
            RecordBatchStreamAdapter::new(Arc::clone(&self.schema), futures::stream::iter(batches));
        Ok(Box::pin(cooperative(stream)))
    }

    fn metrics(&self) -> Option<MetricsSet> {
        Some(self.metrics.clone_inner())
    }

    fn partition_statistics(&self, partition: Option<usize>) -> Result<Arc<Statistics>> {
        let is_exact =
            self.filters.is_empty() && self.late_filters.is_empty() && self.limit.is_none();
        let rows = match (self.rows(partition), partition) {
            (Some(rows), _) if is_exact => Precision::Exact(rows),
            (None, None) if is_exact => Precision::Exact(self.total_rows()),
            (Some(rows), _) => Precision::Inexact(self.left(rows)),
            (None, None) => Precision::Inexact(self.left(self.total_rows())),
            (None, _) => {
                Precision::Inexact(self.left(self.total_rows() / self.partitions.len().max(1)))
            }
        };
        Ok(Arc::new(Statistics {
            num_rows: rows,
            total_byte_size: Precision::Absent,
            column_statistics: vec![ColumnStatistics::new_unknown(); self.projection.len()],
        }))
    }

    fn fetch(&self) -> Option<usize> {
        self.limit
    }

    fn handle_child_pushdown_result(
        &self,
        phase: FilterPushdownPhase,
        asked: ChildPushdownResult,
        _: &ConfigOptions,
    ) -> Result<FilterPushdownPropagation<Arc<dyn ExecutionPlan>>> {
        // Other filters came with the table, or can not be computed here. A limit counts rows before late filters.
        if phase != FilterPushdownPhase::Post || self.limit.is_some() {
            return Ok(FilterPushdownPropagation::all_unsupported(asked));
        }
        let mut scan = self.clone();
        let mut answers = Vec::new();
        for asked in asked.parent_filters {
            let filter = reassign_expr_columns(Arc::clone(&asked.filter), &self.table.arrow);
            let is_taken = DynamicFilterTracking::classify(&asked.filter).contains_dynamic_filter()
                && filter.is_ok();
            scan.late_filters.extend(filter.ok().filter(|_| is_taken));
            answers.push(if is_taken { PushedDown::Yes } else { PushedDown::No });
        }
        let answer = FilterPushdownPropagation::with_parent_pushdown_result(answers);
        Ok(answer.with_updated_node(Arc::new(scan)))
    }
}
