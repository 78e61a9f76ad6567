//! What the data holds, as lints ask for it: each question is a query, asked once.

use std::collections::HashMap;
use std::sync::Mutex;
use std::time::Duration;

use arrow::array::{Array, StringArray};
use harrier_rules::{Seen, SeenValues};
use harrier_store::Store;
use kql_engine::{Engine, QueryOptions};
use tokio::runtime::Runtime;

use crate::arguments::{DataArguments, Limits};
use crate::failure::Failure;
use crate::{data, running};

/// How many different values of a column are remembered; a column with more is not known as a whole.
const MOST_VALUES: usize = 5_000;
/// What is longer is no value that a rule names. **Unit**: bytes.
const LONGEST: usize = 1_000;

/// Data, and what was asked of it already.
pub(crate) struct SeenInData {
    store: Store,
    engine: Engine,
    runtime: Runtime,
    timeout: Duration,
    answers: Mutex<HashMap<String, Option<SeenValues>>>,
}

impl SeenInData {
    /// The data that is given; none where none is.
    pub(crate) fn open(arguments: &DataArguments, limits: Limits) -> Result<Option<Self>, Failure> {
        if arguments.data.is_empty() {
            return Ok(None);
        }
        let store = data::open(arguments, limits)?;
        let engine = running::engine(&store, limits)?;
        let runtime = running::runtime(limits)?;
        let answers = Mutex::default();
        Ok(Some(Self { store, engine, runtime, timeout: limits.timeout, answers }))
    }

    /// The rows that a table has a day, as far as its times tell.
    pub(crate) fn rows_a_day(&self, table: &str) -> Option<f64> {
        let info = self.store.info(table)?;
        let span = info.last?.checked_sub(info.first?)?;
        let days = (span as f64 / kql_semantics::time::TICKS_PER_DAY as f64).max(1.0);
        Some(info.rows as f64 / days)
    }

    fn asked(&self, table: &str, text: &str) -> Option<SeenValues> {
        self.rows(table).filter(|rows| *rows > 0)?;
        // One question at a time: the query itself uses all threads.
        let mut answers = self.answers.lock().ok()?;
        if let Some(known) = answers.get(text) {
            return known.clone();
        }
        let options = QueryOptions { deadline: self.timeout, ..QueryOptions::default() };
        let answer = self.runtime.block_on(self.engine.query(text, &options)).ok();
        let seen = answer.and_then(|answer| texts(answer.tables.first()?));
        answers.insert(text.to_owned(), seen.clone());
        seen
    }
}

impl Seen for SeenInData {
    fn rows(&self, table: &str) -> Option<u64> {
        self.store.info(table).map(|info| info.rows)
    }

    fn values(&self, table: &str, path: &str) -> Option<SeenValues> {
        let most = MOST_VALUES + 1;
        self.asked(table, &format!("{} | summarize times_ = count() by value_ = tostring({path}) | top {most} by times_ | project value_", name(table)))
    }

    fn keys(&self, table: &str, column: &str, path: &[&str]) -> Option<SeenValues> {
        let most = MOST_VALUES + 1;
        let place: String = std::iter::once(name(column))
            .chain(path.iter().map(|key| format!("[{}]", quoted(key))))
            .collect();
        self.asked(
            table,
            &format!("{} | mv-expand key_ = bag_keys({place}) to typeof(string) | summarize times_ = count() by key_ | where isnotempty(key_) | top {most} by times_ | project key_", name(table)),
        )
    }
}

/// The texts of a table's only column.
fn texts(table: &kql_engine::AnswerTable) -> Option<SeenValues> {
    let mut values = Vec::new();
    for batch in &table.batches {
        let column = batch.column(0).as_any().downcast_ref::<StringArray>()?;
        let texts = column.iter().flatten().filter(|text| text.len() <= LONGEST);
        values.extend(texts.map(str::to_owned));
    }
    let is_whole = table.row_count() <= MOST_VALUES && values.len() == table.row_count();
    Some(SeenValues { values, is_whole })
}

/// A name as a query writes it, whatever its characters.
fn name(text: &str) -> String {
    format!("[{}]", quoted(text))
}

fn quoted(text: &str) -> String {
    let mut quoted = String::from("'");
    for character in text.chars() {
        if matches!(character, '\'' | '\\') {
            quoted.push('\\');
        }
        quoted.push(character);
    }
    quoted.push('\'');
    quoted
}
