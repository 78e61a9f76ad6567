//! Hostile queries: each ends soon, with one clear error.

use std::time::Duration;

use kql_engine::{Engine, EngineOptions, QueryError, QueryOptions};

use crate::tables::Memory;

fn engine(memory: usize) -> Engine {
    Memory::default().engine(EngineOptions { threads: 2, memory })
}

async fn error(engine: &Engine, query: &str, options: &QueryOptions) -> QueryError {
    match engine.query(query, options).await {
        Ok(answer) => panic!("it answered with {} rows", answer.tables[0].row_count()),
        Err(error) => error,
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn deep_nesting_is_refused() {
    let engine = engine(1 << 30);
    for (open, close) in [("(", ")"), ("not(", ")"), ("-", "")] {
        let query = format!("print x = {}1{}", open.repeat(100_000), close.repeat(100_000));
        let error = error(&engine, &query, &QueryOptions::default()).await;
        assert!(matches!(error, QueryError::Refused(_)), "{open}: {error}");
    }
    let query = format!("print x = 1{}", " + 1".repeat(100_000));
    let error = engine.query(&query, &QueryOptions::default()).await;
    assert!(matches!(error, Ok(_) | Err(QueryError::Refused(_))), "{:?}", error.err());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn long_ranges_are_refused() {
    let options = QueryOptions::default();
    let error = error(&engine(1 << 30), "range x from 1 to 1000000000000 step 1", &options).await;
    assert!(error.to_string().contains("`range` would give 1000000000000 rows"), "{error}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_deadline_ends_an_exploding_join() {
    let query = "let n = range x from 1 to 200000 step 1 | extend k = 1;
        n | join kind=inner n on k | join kind=inner n on k | count";
    let options = QueryOptions { deadline: Duration::from_secs(2), ..QueryOptions::default() };
    let start = std::time::Instant::now();
    let error = error(&engine(256 << 20), query, &options).await;
    let is_clear = matches!(error, QueryError::Deadline(_) | QueryError::Memory { .. });
    assert!(is_clear, "{error}");
    assert!(start.elapsed() < Duration::from_secs(20), "{:?}", start.elapsed());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn long_answers_are_cut_and_say_so() {
    let options = QueryOptions { max_rows: 1000, ..QueryOptions::default() };
    let answer = engine(1 << 30).query("range x from 1 to 5000 step 1", &options).await.unwrap();
    assert_eq!(answer.tables[0].row_count(), 1000);
    assert_eq!(answer.diagnostics[0].code.0, "rows-cut");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn references_that_double_are_refused() {
    let mut query = String::from("let t0 = print x = 1;\n");
    for at in 1..40 {
        query.push_str(&format!("let t{at} = union t{0}, t{0};\n", at - 1));
    }
    query.push_str("t39 | count");
    let error = error(&engine(256 << 20), &query, &QueryOptions::default()).await;
    assert!(error.to_string().contains("put `materialize()` around"), "{error}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_join_without_memory_for_hash_tables_sorts() {
    let query = "range x from 1 to 300000 step 1 | extend k = tostring(x)
        | join kind=inner (range y from 1 to 300000 step 1 | extend k = tostring(y)) on k
        | summarize n = count(), s = sum(x - y)";
    let answer = engine(24 << 20).query(query, &QueryOptions::default()).await.unwrap();
    assert_eq!(
        kql_engine::json::table(&answer.tables[0]).split("rows").nth(1),
        Some("\":[[300000,0]]}")
    );
}

/// A table whose reader has a fault.
#[derive(Debug)]
struct Faulty(std::sync::Arc<dyn datafusion::catalog::TableProvider>);

#[async_trait::async_trait]
impl datafusion::catalog::TableProvider for Faulty {
    fn schema(&self) -> datafusion::arrow::datatypes::SchemaRef {
        self.0.schema()
    }

    fn table_type(&self) -> datafusion::logical_expr::TableType {
        datafusion::logical_expr::TableType::Base
    }

    async fn scan(
        &self,
        _state: &dyn datafusion::catalog::Session,
        _projection: Option<&Vec<usize>>,
        _filters: &[datafusion::logical_expr::Expr],
        _limit: Option<usize>,
    ) -> datafusion::common::Result<std::sync::Arc<dyn datafusion::physical_plan::ExecutionPlan>>
    {
        panic!("the reader fell over")
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_panic_below_is_an_error() {
    use kql_semantics::{Type, Value};
    let rows = [vec![Value::Long(1)]];
    let mut tables = Memory::default().with("T", &[("a", Type::Long)], &rows, (&[], 1));
    tables.wrap("T", |rows| std::sync::Arc::new(Faulty(rows)));
    let engine = tables.engine(EngineOptions::default());
    let error = error(&engine, "T | count", &QueryOptions::default()).await;
    assert!(matches!(&error, QueryError::Internal(text) if text.contains("fell over")), "{error}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_deadline_ends_a_huge_plan() {
    let columns: Vec<String> = (0..200).map(|at| format!("c{at} = {at}")).collect();
    let query = format!(
        "let T = print {}; union T{} | where c1 > 0 | sort by c0 asc | take 5",
        columns.join(", "),
        ", T".repeat(600)
    );
    let engine = engine(1 << 30);
    let options = QueryOptions { deadline: Duration::from_millis(1500), ..QueryOptions::default() };
    let error = error(&engine, &query, &options).await;
    assert!(matches!(error, QueryError::Deadline(_)), "{error}");
    // The planning that was under way has noticed: the threads are free again.
    let start = std::time::Instant::now();
    let idle = tokio::runtime::Handle::current().metrics();
    while idle.num_alive_tasks() > 0 {
        tokio::time::sleep(Duration::from_millis(20)).await;
        assert!(start.elapsed() < Duration::from_secs(5), "still planning");
    }
}
