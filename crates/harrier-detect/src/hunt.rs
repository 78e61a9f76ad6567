//! `hunt`: every rule over all data, replayed as time went by.

mod clock;
mod data;
mod entities;
mod files;
mod gather;
mod occupancy;
mod placeholders;
mod plan;
mod problems;
mod row_wise;
mod rule;
mod tables;

use std::time::{Duration, Instant as Clock};

use futures::StreamExt;
use harrier_rules::{Loaded, stored_functions};
use harrier_store::Store;
use kql_engine::Engine;

pub(crate) use plan::period;
pub(crate) use tables::results;

use crate::Cancel;
use crate::report::{HuntReport, RuleOutcome};
use occupancy::Occupancies;

/// How rules are run.
#[derive(Clone, Debug)]
pub struct HuntOptions {
    /// The data as it was asked for, for the report.
    pub paths: Vec<String>,
    /// Time between two runs. **Unit**: ticks. **Default**: as each rule's windows say.
    pub every: Option<i64>,
    /// The first instant looked at. **Unit**: ticks. **Default**: the first event of the rule's tables.
    pub from: Option<i64>,
    /// The last instant looked at. **Unit**: ticks. **Default**: the last event that is not in the future.
    pub to: Option<i64>,
    /// One run only, whose `now()` this is. **Unit**: ticks.
    pub as_of: Option<i64>,
    /// How long all runs of a rule may take together. **Default**: two minutes.
    pub deadline: Duration,
    /// How many rows of a rule's hits are kept; all are counted. **Default**: 1,000.
    pub max_rows: usize,
    /// How many rules run side by side. **Default**: the cores of the machine.
    pub parallel: usize,
}

impl Default for HuntOptions {
    fn default() -> Self {
        Self {
            paths: Vec::new(),
            every: None,
            from: None,
            to: None,
            as_of: None,
            deadline: Duration::from_secs(120),
            max_rows: 1000,
            parallel: std::thread::available_parallelism().map_or(1, std::num::NonZero::get),
        }
    }
}

/// How far a hunt is, told after each file.
#[derive(Clone, Copy, Debug)]
pub struct HuntProgress<'a> {
    /// Files that are done.
    pub done: usize,
    /// Files there are.
    pub of: usize,
    /// What became of the last one.
    pub last: &'a RuleOutcome,
}

/// A store whose queries may call the functions that the rules' folders bring: what the engine of a hunt is made over.
#[must_use]
pub fn with_functions(store: &Store, loaded: &Loaded) -> Store {
    let functions = stored_functions(&loaded.functions, store);
    store.clone().with_functions(functions)
}

/// Runs all rules over the store, which `engine` reads too. A rule that fails stops no other.
///
/// To be called within a Tokio runtime that has time. Where `cancel` is used, the report tells what was done until then.
pub async fn hunt(
    store: &Store,
    engine: &Engine,
    loaded: &Loaded,
    options: &HuntOptions,
    (progress, cancel): (&(dyn Fn(HuntProgress<'_>) + Sync), &Cancel),
) -> HuntReport {
    let start = Clock::now();
    let of = loaded.entry_count();
    let mut outcomes: Vec<RuleOutcome> = Vec::with_capacity(of);
    for outcome in files::outcomes(loaded) {
        outcomes.push(outcome);
        tell(progress, &outcomes, of);
    }
    let occupancies = Occupancies::new(store.clone(), engine.clone());
    let parts = rule::Parts { store, engine, options, occupancies: &occupancies };
    let runs = loaded.rules.iter().map(|rule| rule::outcome(&parts, rule));
    let mut runs = futures::stream::iter(runs).buffer_unordered(options.parallel.max(1));
    let mut was_interrupted = false;
    loop {
        tokio::select! {
            biased;
            () = cancel.cancelled() => {
                was_interrupted = outcomes.len() < of;
                break;
            }
            outcome = runs.next() => match outcome {
                Some(outcome) => {
                    outcomes.push(outcome);
                    tell(progress, &outcomes, of);
                }
                None => break,
            },
        }
    }
    drop(runs);
    outcomes.sort_by(|a, b| a.path.cmp(&b.path));
    let elapsed_ms = milliseconds(start.elapsed());
    HuntReport { data: data::seen(store, &options.paths), outcomes, was_interrupted, elapsed_ms }
}

fn tell(progress: &(dyn Fn(HuntProgress<'_>) + Sync), outcomes: &[RuleOutcome], of: usize) {
    if let Some(last) = outcomes.last() {
        progress(HuntProgress { done: outcomes.len(), of, last });
    }
}

pub(crate) fn milliseconds(elapsed: Duration) -> u64 {
    u64::try_from(elapsed.as_millis()).unwrap_or(u64::MAX)
}
