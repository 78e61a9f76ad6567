//! One case: its events as tables, the rule over them.

use std::fs;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;
use std::time::Instant as Clock;

use harrier_rules::{Events, Loaded, Rule, TestCase};
use harrier_store::{OpenOptions, Outcome as FileOutcome, Store};
use kql_engine::{Engine, EngineOptions};
use kql_semantics::time::parse_datetime;
use kql_syntax::Name;

use super::coverage::{self, Coverage};
use super::verdict;
use super::{CaseOutcome, CaseReport, TestOptions};
use crate::report::{Hits, Outcome};
use crate::{Cancel, HuntOptions, hunt, with_functions};

/// How many rows are looked at.
const MAX_ROWS: usize = 200_000;

/// Runs a case, and tells which branches its events reached.
pub(super) async fn run(
    rule: &Rule,
    test: &TestCase,
    (folder, functions): (&Path, &Loaded),
    options: &TestOptions,
) -> (CaseReport, Option<Coverage>) {
    let start = Clock::now();
    let report = |outcome: CaseOutcome, rows: u64| CaseReport {
        name: test.name.clone(),
        line: test.line,
        outcome,
        rows,
        elapsed_ms: crate::hunt::milliseconds(start.elapsed()),
    };
    // The folder goes when the case is over.
    let result = match Laid::out(test, folder) {
        Ok(laid) => over(rule, test, (&laid, functions), options).await,
        Err(reason) => Err(reason),
    };
    match result {
        Ok((hits, coverage)) => {
            let reasons = verdict::differences(rule, &test.expect, &hits);
            let outcome = match reasons.is_empty() {
                true => CaseOutcome::Passed,
                false => CaseOutcome::Failed { reasons, found: verdict::shown(&hits) },
            };
            (report(outcome, hits.count), coverage)
        }
        Err(reason) => (report(CaseOutcome::Broken { reason }, 0), None),
    }
}

async fn over(
    rule: &Rule,
    test: &TestCase,
    (laid, functions): (&Laid, &Loaded),
    options: &TestOptions,
) -> Result<(Hits, Option<Coverage>), String> {
    let store = laid.open()?;
    let store = with_functions(&store, functions);
    let engine_options = EngineOptions { threads: options.threads, memory: options.memory };
    let engine = Engine::new(Arc::new(store.clone()), engine_options).map_err(|e| e.to_string())?;
    let newest = || {
        let tables = store.tables_with_data();
        tables.iter().filter_map(|table| store.info(table)?.last).max()
    };
    let Some(now) = test.as_of.or_else(newest) else {
        return Err(String::from("no event has a time: say `as_of`"));
    };
    let loaded = Loaded { rules: vec![rule.clone()], ..Loaded::default() };
    let hunting = HuntOptions {
        as_of: Some(now),
        deadline: options.deadline,
        max_rows: MAX_ROWS,
        parallel: 1,
        ..HuntOptions::default()
    };
    let report = hunt(&store, &engine, &loaded, &hunting, (&|_| {}, &Cancel::default())).await;
    let Some(outcome) = report.outcomes.into_iter().next() else {
        return Err(String::from("the rule was not run"));
    };
    let hits = match outcome.outcome {
        Outcome::Hits(hits) => hits,
        Outcome::NothingFound { .. } | Outcome::NoData { .. } => Hits::default(),
        Outcome::CannotRun { problems } => {
            let first = problems.into_iter().next().unwrap_or_default();
            let place =
                first.place.map(|place| format!("line {}: ", place.line)).unwrap_or_default();
            return Err(format!("the rule can not run: {place}{}", first.message));
        }
        Outcome::Failed { message, .. } => return Err(message),
        Outcome::NotARule { reason } => return Err(reason),
    };
    let coverage = match options.covers {
        true => coverage::of(rule, &engine, now, options.deadline).await,
        false => None,
    };
    Ok((hits, coverage))
}

/// The events of a case as files: a folder a table.
struct Laid {
    folder: tempfile::TempDir,
    tables: Vec<(Name, String)>,
    /// Which file of ours each event file of the test is.
    given: Vec<(PathBuf, String)>,
}

impl Laid {
    fn out(test: &TestCase, folder: &Path) -> Result<Self, String> {
        let passing =
            tempfile::tempdir().map_err(|error| format!("no folder for events: {error}"))?;
        let mut laid = Self { folder: passing, tables: Vec::new(), given: Vec::new() };
        for (index, (table, events)) in test.tables.iter().enumerate() {
            let own = laid.folder.path().join(format!("t{index}"));
            fs::create_dir(&own).map_err(|error| error.to_string())?;
            laid.tables.push((Name::new(table), format!("**/t{index}/*")));
            for (number, events) in events.iter().enumerate() {
                match events {
                    Events::Lines(lines) => {
                        let path = own.join(format!("inline-{number}.ndjson"));
                        fs::write(&path, lines).map_err(|error| error.to_string())?;
                        laid.given.push((path, format!("the events of {table}")));
                    }
                    Events::File(name) => {
                        let source = within(folder, name)?;
                        let ending = source.file_name().unwrap_or_default().to_string_lossy();
                        let path = own.join(format!("{number}-{ending}"));
                        fs::copy(&source, &path).map_err(|error| format!("{name}: {error}"))?;
                        laid.given.push((path, name.clone()));
                    }
                }
            }
        }
        Ok(laid)
    }

    /// A store of the events. What can not be read of them is an error: a test of half its events tests nothing.
    fn open(&self) -> Result<Store, String> {
        if self.given.is_empty() {
            return Ok(Store::known());
        }
        let options = OpenOptions {
            tables: self.tables.clone(),
            // No event of a test is in the future.
            now: parse_datetime("9000-01-01"),
            threads: Some(1),
            ..OpenOptions::default()
        };
        let paths = [self.folder.path().to_owned()];
        let store = Store::open(&paths, &options, &|_| {}).map_err(|error| error.to_string())?;
        for file in store.files() {
            let given = self.given.iter().find(|(path, _)| *path == file.path);
            let name = given.map_or("a file", |(_, name)| name.as_str());
            if let FileOutcome::Unreadable(why) | FileOutcome::NotReadYet(why) = &file.outcome {
                return Err(format!("{name} can not be read: {why}"));
            }
            if let Some(first) = file.set_aside.first() {
                return Err(format!("{name}, row {}: {}", first.line, first.reason));
            }
        }
        Ok(store)
    }
}

/// A file below the test's folder. Tests come with rules of others: they read nothing else.
fn within(folder: &Path, name: &str) -> Result<PathBuf, String> {
    let path = Path::new(name);
    let is_below =
        path.components().all(|part| matches!(part, Component::Normal(_) | Component::CurDir));
    let failed = |what: &str| format!("`{name}` {what}");
    if !is_below {
        return Err(failed("is not below the test's own folder, and no other file is read"));
    }
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let root =
        folder.canonicalize().map_err(|error| failed(&format!("can not be read: {error}")))?;
    let file = root
        .join(path)
        .canonicalize()
        .map_err(|error| failed(&format!("can not be read: {error}")))?;
    match file.starts_with(&root) && file.is_file() {
        true => Ok(file),
        false => Err(failed("leads out of the test's own folder, or is no file")),
    }
}
