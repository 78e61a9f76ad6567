//! The answers of the real Kusto engine.
//!
//! `CASES=regex` runs only cases whose id, operators or functions match; `SHOW=n` shows so many failures; `RESULTS=file`
//! writes every case's outcome.

use std::collections::BTreeMap;
use std::time::Duration;

use futures::StreamExt;
use kql_engine::{Engine, EngineOptions, QueryError, QueryOptions, json};
use serde_json::Value as Json;

use crate::cases::{self, Case};
use crate::compare::difference;
use crate::shared;
use crate::tables::Memory;

const FILES: &[&str] = &[
    "emulator-docs.jsonl",
    "emulator-adversarial.jsonl",
    "emulator-asserted.jsonl",
    "kusto-loco.jsonl",
    "docs.jsonl",
    "emulator-errors.jsonl",
];

/// So many cases were right at least; to be raised as more are.
const FLOOR: usize = 2560;

/// What became of a case.
enum Outcome {
    Right,
    Wrong(&'static str, String),
    Refused(String),
    Crashed(String),
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn conformance() {
    let Some(folder) = shared::folder() else { return };
    let cases = cases::wanted(&folder, FILES);
    let engine = Memory::default().engine(EngineOptions { threads: 3, ..EngineOptions::default() });
    let outcomes: Vec<(&Case, Outcome)> = futures::stream::iter(&cases)
        .map(|case| {
            let engine = engine.clone();
            async move { (case, outcome(&engine, &case.json).await) }
        })
        .buffered(4)
        .collect()
        .await;
    let right = report(&outcomes);
    if std::env::var_os("CASES").is_none() {
        assert!(right >= FLOOR, "{right} right, and it was {FLOOR} before");
    }
}

async fn outcome(engine: &Engine, case: &Json) -> Outcome {
    let query = case["query"].as_str().unwrap_or("");
    let options = QueryOptions { deadline: Duration::from_secs(60), ..QueryOptions::default() };
    let is_error = case["compare"] == "error";
    match engine.query(query, &options).await {
        Ok(_) if is_error => Outcome::Wrong("accepted", String::from("it should be refused")),
        Err(QueryError::Refused(_) | QueryError::Value(_)) if is_error => Outcome::Right,
        Err(error @ (QueryError::Refused(_) | QueryError::Value(_))) => {
            Outcome::Refused(error.to_string())
        }
        Err(error) => Outcome::Crashed(error.to_string()),
        Ok(answer) => {
            let Some(table) = answer.tables.first() else {
                return Outcome::Crashed(String::from("no table"));
            };
            let text = json::table(table);
            match serde_json::from_str(&text) {
                Err(error) => Outcome::Crashed(format!("no JSON: {error}: {text}")),
                Ok(answer) => match difference(case, &answer) {
                    None => Outcome::Right,
                    Some((kind, detail)) => Outcome::Wrong(kind, detail),
                },
            }
        }
    }
}

/// Prints what became of the cases; gives how many were right.
fn report(outcomes: &[(&Case, Outcome)]) -> usize {
    let show = std::env::var("SHOW").ok().and_then(|text| text.parse().ok()).unwrap_or(40);
    let mut by_file: BTreeMap<&str, [usize; 4]> = BTreeMap::new();
    let mut lines = Vec::new();
    let mut all = String::new();
    for (case, outcome) in outcomes {
        let (at, kind, detail) = match outcome {
            Outcome::Right => (0, "right", ""),
            Outcome::Wrong(kind, detail) => (1, *kind, &**detail),
            Outcome::Refused(detail) => (2, "refused", &**detail),
            Outcome::Crashed(detail) => (3, "crashed", &**detail),
        };
        by_file.entry(&case.file).or_default()[at] += 1;
        all.push_str(&format!("{}\t{kind}\t{}\n", case.text("id"), detail.replace('\n', " ")));
        if at > 0 {
            let query = case.text("query");
            lines.push(format!("{} [{kind}] {detail}\n    {}", case.text("id"), query.trim()));
        }
    }
    for line in lines.iter().take(show) {
        println!("{line}");
    }
    println!("{} failures, {} shown", lines.len(), show.min(lines.len()));
    let mut total = [0; 4];
    for (file, counts) in &by_file {
        println!("{file:30} {}", shown(counts));
        total.iter_mut().zip(counts).for_each(|(total, count)| *total += count);
    }
    println!("{:30} {}", "all", shown(&total));
    if let Some(path) = std::env::var_os("RESULTS") {
        std::fs::write(path, all).unwrap();
    }
    total[0]
}

fn shown([right, wrong, refused, crashed]: &[usize; 4]) -> String {
    format!("{right:5} right {wrong:5} wrong {refused:5} refused {crashed:5} crashed")
}
