//! Folders of logs and rules, and hunts over them.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use harrier_detect::report::{Hits, Outcome, RuleOutcome};
use harrier_detect::{Cancel, HuntOptions, HuntReport, hunt, with_functions};
use harrier_rules::load;
use harrier_store::{OpenOptions, Store};
use kql_engine::{Engine, EngineOptions};
use kql_semantics::time::parse_datetime;

/// A folder with `logs/` and `rules/`.
pub(crate) struct Case(tempfile::TempDir);

impl Case {
    pub(crate) fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn write(&self, folder: &str, name: &str, text: &str) {
        let path = self.0.path().join(folder).join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    pub(crate) fn log(self, name: &str, lines: &[String]) -> Self {
        self.write("logs", name, &(lines.join("\n") + "\n"));
        self
    }

    pub(crate) fn rule(self, name: &str, text: &str) -> Self {
        self.write("rules", name, text);
        self
    }

    /// A scheduled rule.
    pub(crate) fn scheduled(
        self,
        name: &str,
        (frequency, period): (&str, &str),
        query: &str,
    ) -> Self {
        let text = format!(
            "id: 1\nname: {name}\nkind: Scheduled\nseverity: High\nqueryFrequency: {frequency}\n\
             queryPeriod: {period}\ntriggerOperator: gt\ntriggerThreshold: 0\nquery: |\n{}",
            indented(query)
        );
        self.rule(&format!("{name}.yaml"), &text)
    }

    /// A hunting query.
    pub(crate) fn hunting(self, name: &str, query: &str) -> Self {
        let text = format!("id: 1\nname: {name}\nquery: |\n{}", indented(query));
        self.rule(&format!("{name}.yaml"), &text)
    }

    pub(crate) fn logs(&self) -> PathBuf {
        self.0.path().join("logs")
    }

    pub(crate) fn rules(&self) -> PathBuf {
        self.0.path().join("rules")
    }

    /// Hunts with all rules over all logs.
    pub(crate) fn hunt(&self, options: &HuntOptions) -> HuntReport {
        hunt_over(&self.logs(), &[self.rules()], options, 2)
    }

    /// What became of the only rule.
    pub(crate) fn outcome(&self) -> RuleOutcome {
        let mut report = self.hunt(&HuntOptions::default());
        assert_eq!(report.outcomes.len(), 1);
        report.outcomes.remove(0)
    }
}

fn indented(query: &str) -> String {
    query.lines().map(|line| format!("  {line}\n")).collect()
}

/// An instant.
pub(crate) fn at(text: &str) -> i64 {
    parse_datetime(text).unwrap()
}

/// The data that was there by the end of 2030.
pub(crate) fn open(logs: &Path) -> Store {
    let options = OpenOptions { now: Some(at("2030-01-01")), ..OpenOptions::default() };
    Store::open(&[logs.to_owned()], &options, &|_| {}).unwrap()
}

pub(crate) fn hunt_over(
    logs: &Path,
    rules: &[PathBuf],
    options: &HuntOptions,
    threads: usize,
) -> HuntReport {
    let loaded = load(rules);
    let store = with_functions(&open(logs), &loaded);
    let engine_options = EngineOptions { threads, ..EngineOptions::default() };
    let engine = Engine::new(Arc::new(store.clone()), engine_options).unwrap();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(hunt(&store, &engine, &loaded, options, (&|_| {}, &Cancel::default())))
}

/// The hits of an outcome that has some.
pub(crate) fn hits(outcome: &RuleOutcome) -> &Hits {
    match &outcome.outcome {
        Outcome::Hits(hits) => hits,
        other => unreachable!("no hits: {other:?} {:?}", outcome.warnings),
    }
}

/// The values of a column of the kept rows.
pub(crate) fn values(hits: &Hits, column: &str) -> Vec<String> {
    let place = hits.columns.iter().position(|known| known.name == column).unwrap();
    let text = |value: &serde_json::Value| match value {
        serde_json::Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    hits.rows.iter().map(|row| text(&row.values[place])).collect()
}
