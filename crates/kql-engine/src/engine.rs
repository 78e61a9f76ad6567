//! The engine: tables once, queries many times.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use datafusion::common::runtime::SpawnedTask;
use datafusion::execution::runtime_env::RuntimeEnv;
use kql_semantics::bound::{BoundQuery, BoundResult, Column, ColumnId, Rowset, RowsetKind};
use kql_semantics::{BindOptions, Bound, Type, Value, bind};
use kql_syntax::{Diagnostic, Name};

use crate::diagnostics::{no_query, refused, rows_cut};
use crate::ingestion;
use crate::run::{Run, Wanted};
use crate::stop::Stop;
use crate::{Answer, AnswerColumn, AnswerTable, QueryError, Tables, operators, session};

/// Runs queries over tables. Cheap to clone; queries may run side by side and share its threads and memory.
#[derive(Clone)]
pub struct Engine {
    tables: Arc<dyn Tables>,
    options: EngineOptions,
    runtime: Arc<RuntimeEnv>,
}

/// What all queries of an engine share.
#[derive(Clone, Debug)]
pub struct EngineOptions {
    /// Partitions of a plan. **Default**: the cores of the machine.
    pub threads: usize,
    /// Memory that all running queries may hold together before they spill. **Unit**: bytes. **Default**: 2 GiB.
    pub memory: usize,
}

/// The circumstances of one query.
#[derive(Clone, Debug)]
pub struct QueryOptions {
    /// What `now()` is. **Unit**: ticks since the year 1.
    pub now: i64,
    /// Only rows of time-stamped tables with `after < time <= until` are seen. **Unit**: ticks. **Default**: all rows.
    pub window: Option<Window>,
    /// Values for `declare query_parameters`.
    pub parameters: HashMap<Name, Value>,
    /// How long it may take. **Default**: ten minutes.
    pub deadline: Duration,
    /// How many rows an answer may have; the rest is cut, and a warning says so. **Default**: 500,000, as Kusto's.
    pub max_rows: usize,
}

/// A span of time: `after < time <= until`. **Unit**: ticks since the year 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Window {
    /// Before the first row.
    pub after: i64,
    /// The last row's.
    pub until: i64,
}

impl Default for EngineOptions {
    fn default() -> Self {
        let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        Self { threads, memory: 2 << 30 }
    }
}

impl Default for QueryOptions {
    /// `now()` is the beginning of 2025: below the doors nobody reads the clock.
    fn default() -> Self {
        Self {
            now: DEFAULT_NOW,
            window: None,
            parameters: HashMap::new(),
            deadline: Duration::from_secs(600),
            max_rows: 500_000,
        }
    }
}

/// 2025-01-01.
const DEFAULT_NOW: i64 = 739_251 * kql_semantics::time::TICKS_PER_DAY;

/// The stack for parsing and binding: texts nest as deep as the parser lets them.
const STACK: usize = 128 << 20;

/// How often a text is bound anew because plugins found columns.
const MOST_BINDINGS: usize = 32;

impl Engine {
    /// An engine over these tables.
    ///
    /// # Errors
    /// Where its memory or its folder for spilling can not be set up.
    pub fn new(tables: Arc<dyn Tables>, options: EngineOptions) -> Result<Self, QueryError> {
        let runtime = session::runtime(&options)?;
        Ok(Self { tables, options, runtime })
    }

    /// What a text means, and what is wrong with it; nothing is run.
    #[must_use]
    pub fn bind(&self, text: &str, options: &QueryOptions) -> (Bound, Vec<Diagnostic>) {
        self.bind_with(text, options, &HashMap::new())
    }

    /// Runs a text: parses, binds, plans, computes. Dropping the future stops it.
    ///
    /// To be called within a Tokio runtime that has time.
    ///
    /// # Errors
    /// As [`QueryError`] tells.
    pub async fn query(&self, text: &str, options: &QueryOptions) -> Result<Answer, QueryError> {
        let (engine, text, options) = (self.clone(), text.to_owned(), options.clone());
        let deadline = options.deadline;
        // A task of its own: a panic in it ends there, and is stopped with this future.
        let stop = Stop::default();
        let _waiting = stop.waiting();
        let task = SpawnedTask::spawn(async move { engine.answer(&text, &options, stop).await });
        match tokio::time::timeout(deadline, task.join()).await {
            Err(_) => Err(QueryError::Deadline(deadline)),
            Ok(Ok(result)) => result,
            Ok(Err(error)) if error.is_panic() => {
                Err(QueryError::Internal(panic_message(error.into_panic().as_ref())))
            }
            Ok(Err(_)) => Err(QueryError::Cancelled),
        }
    }

    async fn answer(
        &self,
        text: &str,
        options: &QueryOptions,
        stop: Stop,
    ) -> Result<Answer, QueryError> {
        let (bound, diagnostics) = self.discovered(text, options, &stop).await?;
        let parts = (&self.options, &self.runtime);
        let mut run = Run::new(&*self.tables, parts, options, (&bound.query, stop));
        results(&mut run, &bound.query, diagnostics).await
    }

    /// Whether rowsets that are made of a text's meaning have rows: the branches of a query, say. None for one that can
    /// not be run by itself.
    ///
    /// # Errors
    /// Where the text does not bind, or all of it takes too long.
    pub async fn have_rows<T: Send>(
        &self,
        text: &str,
        options: &QueryOptions,
        pick: impl Fn(&BoundQuery) -> Vec<T> + Send,
        rowset: impl Fn(&T) -> &Rowset + Send + Sync,
    ) -> Result<Vec<(T, Option<bool>)>, QueryError> {
        let stop = Stop::default();
        let _waiting = stop.waiting();
        let work = async {
            let (bound, _) = self.discovered(text, options, &stop).await?;
            let parts = (&self.options, &self.runtime);
            let mut answers = Vec::new();
            for one in pick(&bound.query) {
                let meaning = (&bound.query, stop.clone());
                let mut run = Run::new(&*self.tables, parts, options, meaning);
                let rows = run.rows(rowset(&one), Wanted::First(1)).await;
                let has_rows =
                    rows.ok().map(|rows| rows.batches.iter().any(|batch| batch.num_rows() > 0));
                answers.push((one, has_rows));
            }
            Ok(answers)
        };
        match tokio::time::timeout(options.deadline, work).await {
            Ok(answers) => answers,
            Err(_) => Err(QueryError::Deadline(options.deadline)),
        }
    }

    /// What a text means, the columns that depend on data found.
    async fn discovered(
        &self,
        text: &str,
        options: &QueryOptions,
        stop: &Stop,
    ) -> Result<(Bound, Vec<Diagnostic>), QueryError> {
        let mut discovered = HashMap::new();
        for _ in 0..MOST_BINDINGS {
            let (bound, diagnostics) = self.bind_with(text, options, &discovered);
            // Here it ends where nobody waits any more.
            tokio::task::yield_now().await;
            if diagnostics.iter().any(is_refused) {
                let errors = diagnostics.into_iter().filter(is_refused);
                return Err(QueryError::Refused(errors.collect()));
            }
            let missing = bound
                .query
                .undiscovered
                .iter()
                .find(|plugin| !discovered.contains_key(&plugin.ordinal));
            let Some(missing) = missing else { return Ok((bound, diagnostics)) };
            let parts = (&self.options, &self.runtime);
            let mut run = Run::new(&*self.tables, parts, options, (&bound.query, stop.clone()));
            let columns = operators::evaluate::discover(&mut run, &missing.plugin).await?;
            discovered.insert(missing.ordinal, columns);
        }
        Err(QueryError::Value(format!(
            "more than {MOST_BINDINGS} plugins give columns that depend on data: write their schemas behind a colon"
        )))
    }

    fn bind_with(
        &self,
        text: &str,
        options: &QueryOptions,
        discovered: &HashMap<usize, Vec<(Name, Type)>>,
    ) -> (Bound, Vec<Diagnostic>) {
        let bind_options = BindOptions {
            now: options.now,
            parameters: options.parameters.clone(),
            discovered: discovered.clone(),
        };
        stacker::grow(STACK, || {
            let parsed = kql_syntax::parse(text);
            let bound = bind(&parsed.tree, self.tables.catalog(), &bind_options);
            let mut diagnostics = parsed.diagnostics;
            diagnostics.extend(bound.diagnostics.iter().cloned());
            diagnostics.sort_by_key(Diagnostic::span);
            (bound, diagnostics)
        })
    }
}

/// Runs the query statements one after the other.
async fn results(
    run: &mut Run<'_>,
    query: &BoundQuery,
    mut diagnostics: Vec<Diagnostic>,
) -> Result<Answer, QueryError> {
    if query.results.is_empty() {
        return Err(refused(no_query()));
    }
    if run.reads_ingestion {
        diagnostics.extend(ingestion::assumed(query, run.tables));
    }
    let mut tables = Vec::new();
    for result in &query.results {
        match result {
            BoundResult::Table { rowset, render } => {
                let table = table(run, rowset, &mut diagnostics).await?;
                tables.push(AnswerTable { render: render.clone(), ..table });
            }
            BoundResult::Tables(several) => {
                for (name, rowset) in several {
                    let table = table(run, rowset, &mut diagnostics).await?;
                    tables.push(AnswerTable { name: name.clone(), ..table });
                }
            }
            BoundResult::Scalar(scalar) => {
                let column =
                    Column { id: ColumnId(u32::MAX), name: Name::new("print_0"), ty: scalar.ty };
                let kind = RowsetKind::Print(vec![scalar.clone()]);
                let rowset = Rowset::new(kind, vec![column], scalar.span);
                tables.push(table(run, &rowset, &mut diagnostics).await?);
            }
        }
    }
    Ok(Answer { tables, diagnostics })
}

async fn table(
    run: &mut Run<'_>,
    rowset: &Rowset,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<AnswerTable, QueryError> {
    let limit = run.options.max_rows;
    let rows = run.rows(rowset, Wanted::First(limit)).await?;
    if rows.is_cut {
        diagnostics.push(rows_cut(limit));
    }
    let columns = rowset
        .columns
        .iter()
        .map(|column| AnswerColumn { name: column.name.clone(), ty: column.ty })
        .collect();
    Ok(AnswerTable { name: None, columns, batches: rows.batches, render: None })
}

/// Whether a query with this mistake does not run. The language service has no `count(column)`, and Kusto runs it: it
/// counts rows.
fn is_refused(diagnostic: &Diagnostic) -> bool {
    diagnostic.is_error() && diagnostic.code.0 != "count-of-column"
}

fn panic_message(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| panic.downcast_ref::<String>().cloned())
        .unwrap_or_else(|| String::from("it panicked"))
}
