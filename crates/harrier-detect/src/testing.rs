//! `test`: a rule over the events of a test, and whether what comes out is what must.

mod branches;
mod case;
mod coverage;
mod verdict;

use std::collections::HashSet;
use std::path::Path;
use std::time::Duration;

use harrier_rules::{Loaded, Rule, TestFile};
use serde::Serialize;

pub use coverage::{BranchSeen, Coverage};

/// How tests are run.
#[derive(Clone, Debug)]
pub struct TestOptions {
    /// How long one case may take. **Default**: a minute.
    pub deadline: Duration,
    /// Whether it is told which branches of the query the events reached. **Default**: it is.
    pub covers: bool,
    /// How many threads a query has. **Default**: one: events are few.
    pub threads: usize,
    /// Memory that queries may hold. **Unit**: bytes.
    pub memory: usize,
}

impl Default for TestOptions {
    fn default() -> Self {
        Self { deadline: Duration::from_secs(60), covers: true, threads: 1, memory: 1 << 30 }
    }
}

/// What became of a file of tests.
#[derive(Clone, Debug, Default, Serialize)]
pub struct TestReport {
    /// Its cases, in order.
    pub cases: Vec<CaseReport>,
    /// Which branches of the query its events reached; none where that was not asked, or could not be told.
    pub coverage: Option<Coverage>,
}

/// What became of a case.
#[derive(Clone, Debug, Serialize)]
pub struct CaseReport {
    /// What it is called.
    pub name: String,
    /// Its line in the file.
    pub line: u32,
    /// How it ended.
    pub outcome: CaseOutcome,
    /// How many rows came out.
    pub rows: u64,
    /// **Unit**: milliseconds, wall clock.
    pub elapsed_ms: u64,
}

/// How a case ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum CaseOutcome {
    /// What must come out did.
    Passed,
    /// Something else did.
    Failed {
        /// What is different, one a line. Never empty.
        reasons: Vec<String>,
        /// The first rows that came out, as JSON objects.
        found: Vec<String>,
    },
    /// The rule or the events could not be run.
    Broken {
        /// Why.
        reason: String,
    },
}

impl TestReport {
    /// How many cases passed, failed, and could not be run.
    #[must_use]
    pub fn counts(&self) -> (usize, usize, usize) {
        self.cases.iter().fold((0, 0, 0), |(passed, failed, broken), case| match case.outcome {
            CaseOutcome::Passed => (passed + 1, failed, broken),
            CaseOutcome::Failed { .. } => (passed, failed + 1, broken),
            CaseOutcome::Broken { .. } => (passed, failed, broken + 1),
        })
    }
}

/// Runs all cases of a file of tests. `functions` brings the functions that the rule calls.
///
/// To be called within a Tokio runtime that has time.
pub async fn run_tests(
    rule: &Rule,
    tests: &TestFile,
    functions: &Loaded,
    options: &TestOptions,
) -> TestReport {
    let mut report = TestReport::default();
    let mut coverage: Option<Coverage> = None;
    let folder = tests.path.parent().unwrap_or(Path::new("."));
    let functions = &called(rule, functions);
    for test in &tests.cases {
        let (case, seen) = case::run(rule, test, (folder, functions), options).await;
        report.cases.push(case);
        if let Some(seen) = seen {
            match &mut coverage {
                Some(known) => known.add(&seen),
                None => coverage = Some(seen),
            }
        }
    }
    report.coverage = coverage;
    report
}

/// The functions that a rule may call, and those that they may call: the others need not be bound for each case.
fn called(rule: &Rule, functions: &Loaded) -> Loaded {
    let mut texts = vec![rule.query.text.clone()];
    let mut is_taken = vec![false; functions.functions.len()];
    let mut called = Loaded::default();
    while let Some(text) = texts.pop() {
        let is_part = |c: char| c.is_alphanumeric() || c == '_';
        let words: HashSet<&str> = text.split(|c| !is_part(c)).collect();
        for (function, taken) in functions.functions.iter().zip(&mut is_taken) {
            if !*taken && function.names.iter().any(|name| words.contains(&**name)) {
                *taken = true;
                called.functions.push(function.clone());
                texts.push(function.query.text.clone());
            }
        }
    }
    called
}
