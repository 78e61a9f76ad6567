//! What a table is asked for: only the columns that are needed, and only rows that can matter.

use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use datafusion::arrow::datatypes::SchemaRef;
use datafusion::catalog::{Session, TableProvider};
use datafusion::common::Result;
use datafusion::logical_expr::{Expr, TableProviderFilterPushDown, TableType};
use datafusion::physical_plan::ExecutionPlan;
use kql_engine::{EngineOptions, QueryOptions};
use kql_semantics::time::{TICKS_PER_DAY, parse_datetime};
use kql_semantics::{Type, Value};

use crate::tables::Memory;

/// A table that writes down what it is asked for.
#[derive(Debug)]
struct Asked {
    rows: Arc<dyn TableProvider>,
    notes: Arc<Mutex<Vec<String>>>,
}

#[async_trait]
impl TableProvider for Asked {
    fn schema(&self) -> SchemaRef {
        self.rows.schema()
    }

    fn table_type(&self) -> TableType {
        TableType::Base
    }

    async fn scan(
        &self,
        state: &dyn Session,
        projection: Option<&Vec<usize>>,
        filters: &[Expr],
        limit: Option<usize>,
    ) -> Result<Arc<dyn ExecutionPlan>> {
        let schema = self.schema();
        let columns: Vec<&str> = match projection {
            Some(indices) => indices.iter().map(|at| &**schema.field(*at).name()).collect(),
            None => vec!["*"],
        };
        let mut filters: Vec<String> =
            filters.iter().map(|f| unqualified(&f.to_string())).collect();
        filters.sort_unstable();
        self.notes.lock().unwrap().push(format!("{} | {}", columns.join(","), filters.join(" & ")));
        self.rows.scan(state, projection, &[], limit).await
    }

    fn supports_filters_pushdown(
        &self,
        filters: &[&Expr],
    ) -> Result<Vec<TableProviderFilterPushDown>> {
        Ok(vec![TableProviderFilterPushDown::Inexact; filters.len()])
    }
}

/// Without the number that the plan gives the scan: `t3.TimeGenerated`.
fn unqualified(filter: &str) -> String {
    regex::Regex::new(r"\bt\d+\.").unwrap().replace_all(filter, "").into_owned()
}

/// What the tables `Logons` and `Processes` were asked for by a query.
async fn asked(query: &str) -> Vec<String> {
    let notes = Arc::new(Mutex::new(Vec::new()));
    let columns = [
        ("TimeGenerated", Type::DateTime),
        ("Account", Type::String),
        ("EventID", Type::Int),
        ("Count", Type::Long),
        ("Details", Type::Dynamic),
    ];
    let rows = [vec![
        Value::DateTime(parse_datetime("2025-01-01").unwrap()),
        Value::string("ann"),
        Value::Int(4625),
        Value::Long(1),
        Value::Null(Type::Dynamic),
    ]];
    let mut tables = Memory::default();
    for name in ["Logons", "Processes"] {
        tables = tables.with(name, &columns, &rows, (&["TimeGenerated"], 1));
        tables.wrap(name, |rows| Arc::new(Asked { rows, notes: Arc::clone(&notes) }));
    }
    let engine = tables.engine(EngineOptions { threads: 2, ..EngineOptions::default() });
    engine.query(query, &QueryOptions::default()).await.unwrap();
    let mut notes = std::mem::take(&mut *notes.lock().unwrap());
    notes.sort_unstable();
    notes
}

fn ticks(text: &str) -> i64 {
    parse_datetime(text).unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn time_is_compared_with_a_constant() {
    let now = QueryOptions::default().now;
    let yesterday = format!("TimeGenerated >= Int64({})", now - TICKS_PER_DAY);
    let notes = asked("Logons | where TimeGenerated >= ago(1d) | project Account").await;
    assert_eq!(notes, [format!("TimeGenerated,Account | {yesterday}")]);

    let from = "let start = ago(1d); let seen = view () { Logons | extend A = strlen(Account) };
        seen | where TimeGenerated >= start | distinct Account";
    assert_eq!(asked(from).await, [format!("TimeGenerated,Account | {yesterday}")]);

    let between = "Logons | where TimeGenerated between (datetime(2024-12-30) .. 3d) | count";
    let (low, high) = (ticks("2024-12-30"), ticks("2025-01-02"));
    let both = format!("TimeGenerated <= Int64({high}) & TimeGenerated >= Int64({low})");
    assert_eq!(asked(between).await, [format!("TimeGenerated | {both}")]);

    let first = "let since = toscalar(Processes | summarize min(TimeGenerated));
        Logons | where TimeGenerated > since | count";
    let expected = format!("TimeGenerated | TimeGenerated > Int64({})", ticks("2025-01-01"));
    assert_eq!(asked(first).await[1], expected);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn filters_pass_joins_and_unions() {
    let now = QueryOptions::default().now;
    let yesterday = format!("TimeGenerated > Int64({})", now - TICKS_PER_DAY);
    let join = "Logons | join kind=inner Processes on Account
        | where TimeGenerated > ago(1d) and TimeGenerated1 > ago(1d) | project Account";
    let both = [
        format!("TimeGenerated,Account | {yesterday}"),
        format!("TimeGenerated,Account | {yesterday}"),
    ];
    assert_eq!(asked(join).await, both);
    let union =
        "union withsource=T Logons, Processes | where TimeGenerated > ago(1d) | project Account";
    assert_eq!(asked(union).await, both);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn equality_is_plain() {
    let query = "Logons | where EventID == 4625 and Account != 'x' and Count in (1, 2) | count";
    let expected = "Account,EventID,Count | Account != Utf8(\"x\") & \
        Count = Int64(1) OR Count = Int64(2) & EventID = Int32(4625)";
    assert_eq!(asked(query).await, [expected]);
}
