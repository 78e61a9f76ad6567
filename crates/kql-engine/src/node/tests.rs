//! Operators of ours inside DataFusion.

use std::sync::Arc;

use arrow::array::{AsArray, Int64Array, RecordBatch, StringArray};
use arrow::datatypes::{DataType, Field, Int64Type, Schema};
use datafusion::catalog::Session;
use datafusion::datasource::{MemTable, provider_as_source};
use datafusion::execution::SessionStateBuilder;
use datafusion::execution::context::QueryPlanner;
use datafusion::logical_expr::{LogicalPlan, LogicalPlanBuilder, col, lit};
use datafusion::physical_plan::ExecutionPlan;
use datafusion::physical_planner::{DefaultPhysicalPlanner, PhysicalPlanner};
use datafusion::prelude::{SessionConfig, SessionContext};
use kql_semantics::Type;

use super::{OperatorPlanner, plan};
use crate::operators::expand::{Expand, Expanded};
use crate::operators::ordinal::Ordinal;

#[derive(Debug)]
struct Planner;

#[async_trait::async_trait]
impl QueryPlanner for Planner {
    async fn create_physical_plan(
        &self,
        plan: &LogicalPlan,
        state: &dyn Session,
    ) -> datafusion::common::Result<Arc<dyn ExecutionPlan>> {
        let planner = DefaultPhysicalPlanner::with_extension_planners(vec![Arc::new(
            OperatorPlanner::default(),
        )]);
        planner.create_physical_plan(plan, state).await
    }
}

fn context() -> SessionContext {
    let config = SessionConfig::new().with_batch_size(4).with_target_partitions(2);
    let state = SessionStateBuilder::new()
        .with_config(config)
        .with_default_features()
        .with_query_planner(Arc::new(Planner))
        .build();
    SessionContext::new_with_state(state)
}

fn table(rows: &[(i64, Option<&str>, &str)]) -> LogicalPlan {
    let schema = Arc::new(Schema::new(vec![
        Field::new("n", DataType::Int64, true),
        Field::new("d", DataType::Utf8, true),
        Field::new("unread", DataType::Utf8, true),
    ]));
    let batch = RecordBatch::try_new(
        Arc::clone(&schema),
        vec![
            Arc::new(Int64Array::from_iter_values(rows.iter().map(|row| row.0))),
            Arc::new(rows.iter().map(|row| row.1).collect::<StringArray>()),
            Arc::new(StringArray::from_iter_values(rows.iter().map(|row| row.2))),
        ],
    )
    .unwrap();
    let table = MemTable::try_new(schema, vec![vec![batch]]).unwrap();
    LogicalPlanBuilder::scan("t", provider_as_source(Arc::new(table)), None)
        .unwrap()
        .project(vec![col("n"), col("d"), col("unread")])
        .unwrap()
        .build()
        .unwrap()
}

fn expand(input: LogicalPlan) -> LogicalPlan {
    let expanded = Expanded { source: "d".into(), output: "e".into(), ty: Type::Long };
    let operator = Expand {
        expansions: vec![expanded],
        bags_as_arrays: false,
        item_index: Some("i".into()),
        limit: usize::MAX,
        ghost: None,
        makes_ghosts: None,
    };
    plan(Arc::new(operator), Vec::new(), vec![input]).unwrap()
}

async fn longs(plan: LogicalPlan, column: usize) -> Vec<Option<i64>> {
    let batches = context().execute_logical_plan(plan).await.unwrap().collect().await.unwrap();
    let values = batches.iter().flat_map(|batch| {
        assert!(batch.num_rows() <= 4);
        batch.column(column).as_primitive::<Int64Type>().iter().collect::<Vec<_>>()
    });
    values.collect()
}

#[tokio::test]
async fn multiplies_rows_a_batch_at_a_time() {
    let rows =
        [(1, Some("[10,11,12,13,14]"), ""), (2, Some("[]"), ""), (3, None, ""), (4, Some("7"), "")];
    let plan = expand(table(&rows));
    let elements: Vec<_> =
        [10, 11, 12, 13, 14].map(Some).into_iter().chain([None, Some(7)]).collect();
    // The arrays themselves are not repeated: `n`, `unread`, then the elements and their places.
    assert_eq!(longs(plan.clone(), 2).await, elements);
    assert_eq!(longs(plan, 3).await, [0, 1, 2, 3, 4, 0, 0].map(Some));
}

#[tokio::test]
async fn filters_and_projections_pass_through() {
    let plan = expand(table(&[(1, Some("[1]"), ""), (2, Some("[2,3]"), "")]));
    let plan = LogicalPlanBuilder::from(plan)
        .filter(col("n").eq(lit(2_i64)).and(col("e").gt(lit(2_i64))))
        .unwrap()
        .project(vec![col("n"), col("e")])
        .unwrap()
        .build()
        .unwrap();
    let optimized = context().state().optimize(&plan).unwrap().display_indent().to_string();
    let (above, below) = optimized.split_once("Expand").unwrap();
    assert!(above.contains("e > Int64(2)") && !above.contains("n = "), "{optimized}");
    assert!(below.contains("n = Int64(2)") && !below.contains("unread"), "{optimized}");
    assert_eq!(longs(plan, 1).await, [Some(3)]);
}

#[tokio::test]
async fn numbers_rows() {
    let rows: Vec<_> = (0..10).map(|n| (n, None, "")).collect();
    let ordinal = Arc::new(Ordinal { output: "o".into() });
    let plan = plan(ordinal, Vec::new(), vec![table(&rows)]).unwrap();
    let plan = LogicalPlanBuilder::from(plan).project(vec![col("o")]).unwrap().build().unwrap();
    assert_eq!(longs(plan, 0).await, (0..10).map(Some).collect::<Vec<_>>());
}
