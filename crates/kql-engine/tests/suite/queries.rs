//! What the engine promises beyond single answers: order, windows, pushdown.

use kql_engine::{Engine, EngineOptions, QueryOptions, Window, json};
use kql_semantics::time::parse_datetime;
use kql_semantics::{Type, Value};

use crate::tables::Memory;

/// The rows of the first table of an answer, as JSON.
pub(crate) async fn rows(engine: &Engine, query: &str, options: &QueryOptions) -> String {
    match engine.query(query, options).await {
        Ok(answer) => {
            let text = json::table(&answer.tables[0]);
            let at = text.find("\"rows\":").unwrap();
            text[at + 7..text.len() - 1].to_owned()
        }
        Err(error) => error.to_string(),
    }
}

fn datetime(text: &str) -> Value {
    Value::DateTime(parse_datetime(text).unwrap())
}

fn logons(threads: usize) -> Engine {
    let columns =
        [("TimeGenerated", Type::DateTime), ("Account", Type::String), ("EventID", Type::Int)];
    let rows: Vec<Vec<Value>> = (0..60)
        .map(|at| {
            vec![
                datetime(&format!("2024-05-01T00:{at:02}:00")),
                Value::string(["ann", "bob", "cid"][at % 3]),
                Value::Int(i32::try_from(at).unwrap()),
            ]
        })
        .collect();
    Memory::default()
        .with("Logons", &columns, &rows, (&["TimeGenerated"], 7))
        .engine(EngineOptions { threads, ..EngineOptions::default() })
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn innerunique_keeps_the_first_row_on_any_number_of_threads() {
    let query = "Logons | join (datatable(Account:string)['ann', 'bob', 'cid']) on Account
        | project Account, EventID | sort by Account asc";
    for threads in [1, 2, 5, 16] {
        let given = rows(&logons(threads), query, &QueryOptions::default()).await;
        assert_eq!(given, r#"[["ann",0],["bob",1],["cid",2]]"#, "{threads} threads");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn order_outlives_what_stands_behind_the_sort() {
    let query = "range x from 1 to 20000 step 1 | extend k = x % 7 | sort by k desc, x asc
        | where x % 2 == 0 | extend y = x | project y | take 3";
    for threads in [1, 8] {
        let given = rows(&logons(threads), query, &QueryOptions::default()).await;
        assert_eq!(given, "[[6],[20],[34]]");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_window_hides_all_other_rows() {
    let at = |text| parse_datetime(text).unwrap();
    let window =
        Some(Window { after: at("2024-05-01T00:10:00"), until: at("2024-05-01T00:12:00") });
    let options = QueryOptions { window, ..QueryOptions::default() };
    let given = rows(&logons(2), "Logons | project EventID | sort by EventID asc", &options).await;
    assert_eq!(given, "[[11],[12]]");
}
