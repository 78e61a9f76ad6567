//! Real rules are run: whatever the official language service accepts must run here, or say what it needs from outside.

#![expect(clippy::print_stdout, reason = "it tells what does not run")]

use std::collections::{BTreeMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use futures::StreamExt;
use harrier_detect::with_functions;
use harrier_rules::load;
use harrier_store::Store;
use kql_engine::{Engine, EngineOptions, QueryError, QueryOptions};

use crate::support::{at, open};

/// Why a rule is refused that needs something from outside, by the code of the diagnostic. The text of a function is such a
/// thing: what a rule folder does not bring, or brings in a form that the language service refuses too.
const FROM_OUTSIDE: &[&str] = &[
    "external-data",
    "not-given",
    "elsewhere",
    "needs-service",
    "needs-cluster",
    "function-without-text",
];

/// How many of the rules that need nothing from outside must run. **Unit**: percent.
const FLOOR: f64 = 96.0;

/// The folder of shared rules and samples; none where it is not on this machine.
fn shared() -> Option<PathBuf> {
    let given = std::env::var_os("HARRIER_SHARED").map(PathBuf::from);
    let beside = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    let folder = given.unwrap_or(beside);
    if folder.join("corpus").is_dir() {
        return folder.canonicalize().ok();
    }
    println!("skipped: no shared folder");
    None
}

/// The rules that the official language service finds no error in.
fn accepted(shared: &Path) -> HashSet<String> {
    let lines = std::fs::read_to_string(shared.join("corpus/expected.jsonl")).unwrap();
    let lines = lines.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
    lines
        .filter(|line| line["errors"] == 0 && line["kind"] != "template" && line["query"] != false)
        .map(|line| line["path"].as_str().unwrap().to_owned())
        .collect()
}

/// What became of a rule.
enum Ran {
    Whole,
    /// It needs something from outside: what.
    Needs(String),
    /// Why not.
    Not(String),
}

async fn run(engine: &Engine, text: &str) -> Ran {
    let options = QueryOptions {
        now: at("2024-01-01"),
        deadline: Duration::from_secs(60),
        max_rows: 1000,
        ..QueryOptions::default()
    };
    match engine.query(text, &options).await {
        Ok(_) => Ran::Whole,
        Err(QueryError::Refused(problems)) => match problems.first() {
            // Some files hold comments only.
            Some(first) if first.code.0 == "no-query" => Ran::Whole,
            Some(first) if FROM_OUTSIDE.contains(&first.code.0) => {
                Ran::Needs(first.message.clone())
            }
            Some(first) => Ran::Not(format!("{}: {}", first.code.0, first.message)),
            None => Ran::Not(String::from("refused")),
        },
        Err(error) => Ran::Not(error.to_string()),
    }
}

/// Runs the rules; at least `floor` of those that need nothing from outside must run.
///
/// `MATCH=part-of-a-path` looks at some only, `SHOW=n` shows more of those that do not run, `SLOW=seconds` those that take
/// longer, `EVERY=n` runs each n-th.
fn all_run(store: &Store, shared: &Path, every: usize, floor: f64) {
    let loaded = load(&[shared.join("corpus/rules")]);
    let accepted = accepted(shared);
    let number = |name: &str| std::env::var(name).ok().and_then(|text| text.parse::<usize>().ok());
    let every = number("EVERY").unwrap_or(every).max(1);
    let matching = std::env::var("MATCH").unwrap_or_default();
    let slow = std::env::var("SLOW").ok().and_then(|least| least.parse::<f64>().ok());
    let show = number("SHOW").unwrap_or(10);
    let store = with_functions(store, &loaded);
    let engine_options = EngineOptions { threads: 1, ..EngineOptions::default() };
    let engine = Engine::new(Arc::new(store), engine_options).unwrap();
    let rules = loaded.rules.iter().filter(|rule| {
        accepted.contains(&rule.file.relative) && rule.file.relative.contains(&matching)
    });
    let texts: Vec<(String, String)> = rules
        .step_by(every)
        .map(|rule| (rule.file.relative.clone(), text(&rule.query.text)))
        .collect();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let outcomes: Vec<(String, Ran)> = runtime.block_on(async {
        let runs = texts.into_iter().map(|(path, text)| {
            let engine = engine.clone();
            async move {
                let start = std::time::Instant::now();
                let ran = tokio::spawn(async move { run(&engine, &text).await }).await;
                if let Some(least) = slow
                    && start.elapsed().as_secs_f64() > least
                {
                    println!("{:6.2} s {path}", start.elapsed().as_secs_f64());
                }
                (path, ran.unwrap_or_else(|error| Ran::Not(error.to_string())))
            }
        });
        futures::stream::iter(runs).buffer_unordered(2).collect().await
    });
    let (mut ran, mut needs) = (0_usize, BTreeMap::<String, usize>::new());
    let mut not: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (path, outcome) in outcomes {
        match outcome {
            Ran::Whole => ran += 1,
            Ran::Needs(what) => *needs.entry(what).or_default() += 1,
            Ran::Not(why) => not.entry(why).or_default().push(path),
        }
    }
    let not_run: usize = not.values().map(Vec::len).sum();
    let of_outside: usize = needs.values().sum();
    let mut reasons: Vec<_> = not.into_iter().collect();
    reasons.sort_by_key(|(_, paths)| std::cmp::Reverse(paths.len()));
    for (why, paths) in reasons.iter().take(show) {
        println!(
            "{:4} {why}\n       {}",
            paths.len(),
            paths.iter().take(3).cloned().collect::<Vec<_>>().join(", ")
        );
    }
    if show > 10 {
        needs.iter().for_each(|(what, count)| println!("outside {count:4} {what}"));
    }
    #[expect(clippy::cast_precision_loss, reason = "a share is told to a few digits")]
    let share = 100.0 * ran as f64 / (ran + not_run).max(1) as f64;
    println!("{ran} run, {not_run} do not, {of_outside} need something from outside: {share:.2} %");
    assert!(share >= floor, "{share:.2} % run, at least {floor} % wanted");
}

/// The text with a window in place of what a person would choose.
fn text(query: &str) -> String {
    query
        .replace("{{StartTimeISO}}", "2023-12-31T00:00:00Z")
        .replace("{{EndTimeISO}}", "2024-01-01T00:00:00Z")
}

/// A part of the rules, since all of them take ten minutes in a development build: `EVERY=1` runs all.
#[test]
fn the_corpus_runs_over_empty_tables() {
    let Some(shared) = shared() else { return };
    all_run(&Store::known(), &shared, 24, FLOOR);
}

/// `cargo test -p harrier-detect --test suite -- --ignored over_samples --nocapture`.
#[test]
#[ignore = "takes minutes; run by hand"]
fn the_corpus_runs_over_samples() {
    let Some(shared) = shared() else { return };
    all_run(&open(&shared.join("samples")), &shared, 1, FLOOR);
}
