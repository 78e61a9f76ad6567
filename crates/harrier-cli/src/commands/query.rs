//! `harrier query`: one query over logs.

use std::io::Read;
use std::path::PathBuf;

use clap::Args;
use harrier_store::Store;
use kql_engine::{Engine, QueryOptions};
use kql_semantics::time::{DateTimeText, TICKS_PER_DAY};

use crate::arguments::{DataArguments, Limits};
use crate::diagnostics::{self, Source};
use crate::failure::{Exit, Failure};
use crate::formats::{self, Format};
use crate::{data, running, screen, values};

/// Run one query over logs.
///
/// `now()` is --as-of, else the last event of the tables read that is not in the future.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLE)]
pub(crate) struct QueryArguments {
    /// The query; `-` reads it from standard input.
    #[arg(value_name = "KQL", required_unless_present = "file", conflicts_with = "file")]
    text: Option<String>,
    /// A file that holds the query.
    #[arg(short, long, value_name = "FILE")]
    file: Option<PathBuf>,
    #[command(flatten)]
    data: DataArguments,
    /// What `now()` is: 2026-11-20 or 2026-11-20T08:15:00Z.
    #[arg(long, value_name = "TIME", value_parser = values::instant, allow_hyphen_values = true)]
    as_of: Option<i64>,
    /// The form of the results [default: by the ending of --out, else table].
    #[arg(long, value_enum)]
    format: Option<Format>,
    /// Write the results to a file.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

const EXAMPLE: &str = r#"Examples:
  harrier query 'range n from 1 to 5 step 1 | summarize sum(n)'
  harrier query 'SigninLogs | summarize count() by ResultType' --data demo-out/logs
  echo 'print now()' | harrier query --format json -"#;

pub(crate) fn run(arguments: &QueryArguments, limits: Limits) -> Result<Exit, Failure> {
    let format = Format::chosen(arguments.format, arguments.out.as_deref())?;
    let (name, text) = text(arguments)?;
    let source = Source { name: &name, text: &text };
    let store = data::open(&arguments.data, limits)?;
    let engine = running::engine(&store, limits)?;
    let options = QueryOptions { deadline: limits.timeout, ..QueryOptions::default() };
    let now = Now::of(&engine, &store, &text, arguments.as_of);
    now.tell();
    let options = QueryOptions { now: now.ticks, ..options };
    let runtime = running::runtime(limits)?;
    let answer = running::until_interrupted(&runtime, engine.query(&text, &options))?;
    match answer {
        Ok(answer) => {
            diagnostics::tell(source, &answer.diagnostics);
            formats::write(&answer.tables, format, arguments.out.as_deref())?;
            Ok(Exit::Clean)
        }
        Err(error) => running::tell(&error, source),
    }
}

/// The query and what it is called in messages.
fn text(arguments: &QueryArguments) -> Result<(String, String), Failure> {
    if let Some(path) = &arguments.file {
        let text = std::fs::read_to_string(path).map_err(|error| unreadable(path, &error))?;
        let text = text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text);
        return Ok((path.display().to_string(), text));
    }
    match arguments.text.as_deref() {
        Some("-") | None => {
            let mut text = String::new();
            std::io::stdin().lock().read_to_string(&mut text).map_err(|error| {
                Failure::user(format!("standard input can not be read as text: {error}"))
            })?;
            Ok((String::from("<stdin>"), text))
        }
        Some(text) => Ok((String::from("<query>"), text.to_owned())),
    }
}

fn unreadable(path: &std::path::Path, error: &std::io::Error) -> Failure {
    if error.kind() == std::io::ErrorKind::NotFound {
        return data::not_there(path);
    }
    Failure::user(format!("{} can not be read: {error}", path.display()))
}

/// What `now()` is, and why.
pub(crate) struct Now {
    /// **Unit**: ticks.
    pub(crate) ticks: i64,
    reason: Option<&'static str>,
}

impl Now {
    /// `as_of`; else the last event of the tables that the text reads; else the clock.
    pub(crate) fn of(engine: &Engine, store: &Store, text: &str, as_of: Option<i64>) -> Self {
        if let Some(ticks) = as_of {
            return Self { ticks, reason: None };
        }
        let at = |now| engine.bind(text, &QueryOptions { now, ..QueryOptions::default() }).0.query;
        let clock = clock();
        let query = at(clock);
        let last = query.tables().iter().filter_map(|table| store.info(table)?.last).max();
        let Some(last) = last else { return Self { ticks: clock, reason: None } };
        // Whoever asks for no time need not be told of any.
        let reads_clock = at(clock - TICKS_PER_DAY) != query;
        Self { ticks: last, reason: reads_clock.then_some("the last event of the tables read") }
    }

    pub(crate) fn tell(&self) {
        if let Some(reason) = self.reason {
            let now = DateTimeText(self.ticks);
            screen::note(&format!("now() is {now}, {reason}; --as-of sets another"));
        }
    }
}

/// The machine's clock, in ticks.
pub(crate) fn clock() -> i64 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    let ticks = i64::try_from(since.unwrap_or_default().as_nanos() / 100).unwrap_or_default();
    ticks + kql_semantics::time::UNIX_EPOCH
}
