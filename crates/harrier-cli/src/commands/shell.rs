//! `harrier shell`: a prompt for queries.

use std::io::{BufRead, IsTerminal, Write};
use std::path::PathBuf;

use clap::Args;
use harrier::chart;
use harrier_store::Store;
use kql_engine::{AnswerTable, Engine, QueryOptions};
use reedline::Signal;
use tokio::runtime::Runtime;

use super::query::Now;
use crate::arguments::{DataArguments, Limits};
use crate::diagnostics::{self, Source};
use crate::failure::{Exit, Failure};
use crate::formats::{self, Format};
use crate::output::Output;
use crate::{data, running, screen, shell, values};

/// A prompt with history, completion and charts.
///
/// Enter runs a text that is whole; where a bracket is open or a bar ends the line it begins a new one, and an empty line runs
/// what is there. Tab completes, Alt-Enter begins a new line, Ctrl-C drops the text or stops the query, Ctrl-D leaves.
/// `render` draws in the terminal and, with --html, also as a page.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLE)]
pub(crate) struct ShellArguments {
    #[command(flatten)]
    data: DataArguments,
    /// What `now()` is [default: the last event of the tables that a query reads].
    #[arg(long, value_name = "TIME", value_parser = values::instant, allow_hyphen_values = true)]
    as_of: Option<i64>,
    /// A page that every chart is written to.
    #[arg(long, value_name = "FILE")]
    html: Option<PathBuf>,
    /// How many rows of a result are shown.
    #[arg(long, value_name = "N", default_value_t = 200)]
    rows: usize,
}

const EXAMPLE: &str = "Examples:
  harrier shell --data demo-out/logs
  echo 'SigninLogs | summarize n = count() by bin(TimeGenerated, 1d) | render timechart' \\
    | harrier shell --data demo-out/logs --html signins.html";

const HELP: &str = "\
:tables          the tables that hold rows
:schema TABLE    the columns of a table
:quit            leave; so does Ctrl-D
everything else is KQL";

/// What all queries of a session share.
struct Session<'a> {
    arguments: &'a ShellArguments,
    limits: Limits,
    store: Store,
    engine: Engine,
    runtime: Runtime,
}

pub(crate) fn run(arguments: &ShellArguments, limits: Limits) -> Result<Exit, Failure> {
    let store = data::open(&arguments.data, limits)?;
    let engine = running::engine(&store, limits)?;
    let runtime = running::runtime(limits)?;
    let session = Session { arguments, limits, store, engine, runtime };
    if std::io::stdin().is_terminal() { session.prompt() } else { session.lines() }
}

impl Session<'_> {
    /// Reads from somebody who types.
    fn prompt(&self) -> Result<Exit, Failure> {
        let is_coloured = std::env::var_os("NO_COLOR").is_none();
        let mut editor = shell::editor(&self.store, history(), is_coloured);
        screen::note(":help tells what there is");
        loop {
            let signal = editor.read_line(&shell::prompt());
            match signal.map_err(|error| Failure::Own(format!("the prompt failed: {error}")))? {
                Signal::Success(text) if !self.answer(&text)? => return Ok(Exit::Clean),
                Signal::CtrlD => return Ok(Exit::Clean),
                _ => {}
            }
        }
    }

    /// Reads texts from a program or a file: each ends where it is whole.
    fn lines(&self) -> Result<Exit, Failure> {
        let mut text = String::new();
        for line in std::io::stdin().lock().lines() {
            let line = line.map_err(|error| {
                Failure::user(format!("standard input can not be read as text: {error}"))
            })?;
            text.push_str(&line);
            text.push('\n');
            let is_over = line.trim_end().ends_with(';') || line.trim().is_empty();
            if (is_over || text.trim_start().starts_with(':'))
                && shell::whole::is_whole(&text)
                && !self.answer(&std::mem::take(&mut text))?
            {
                return Ok(Exit::Clean);
            }
        }
        self.answer(&text)?;
        Ok(Exit::Clean)
    }

    /// Answers a text; whether the session goes on.
    fn answer(&self, text: &str) -> Result<bool, Failure> {
        let words: Vec<&str> = text.split_whitespace().collect();
        match words.as_slice() {
            [] => Ok(true),
            [":quit" | ":q" | ":exit"] => Ok(false),
            [":tables"] => self.tables().map(|()| true),
            [":schema", table] => self.query(&format!("['{table}'] | getschema")).map(|()| true),
            [word, ..] if word.starts_with(':') => {
                screen::say(HELP);
                Ok(true)
            }
            _ => self.query(text).map(|()| true),
        }
    }

    fn tables(&self) -> Result<(), Failure> {
        let mut output = Output::open(None)?;
        for table in self.store.tables_with_data() {
            let rows = self.store.info(&table).map_or(0, |info| info.rows);
            writeln!(output, "{table}  {rows}")?;
        }
        output.finish()
    }

    /// Runs a query and shows what it gives; its mistakes are said, and the session goes on.
    fn query(&self, text: &str) -> Result<(), Failure> {
        let source = Source { name: "<query>", text };
        let now = Now::of(&self.engine, &self.store, text, self.arguments.as_of);
        now.tell();
        let options = QueryOptions {
            now: now.ticks,
            deadline: self.limits.timeout,
            ..QueryOptions::default()
        };
        let answer = running::until_interrupted(&self.runtime, self.engine.query(text, &options));
        match answer {
            Err(Failure::Interrupted) => screen::note("stopped"),
            Err(other) => return Err(other),
            Ok(Ok(answer)) => {
                diagnostics::tell(source, &answer.diagnostics);
                self.show(&answer.tables)?;
            }
            Ok(Err(error)) => match running::tell(&error, source) {
                Ok(_) => {}
                Err(failure) => {
                    failure.tell();
                }
            },
        }
        Ok(())
    }

    fn show(&self, tables: &[AnswerTable]) -> Result<(), Failure> {
        let drawn: Vec<_> = tables.iter().filter_map(chart::chart).collect();
        if drawn.is_empty() {
            let shown: Vec<AnswerTable> = tables.iter().map(|table| self.first(table)).collect();
            formats::write(&shown, Format::Table, None)?;
            for table in tables.iter().filter(|table| table.row_count() > self.arguments.rows) {
                let rows = table.row_count();
                screen::note(&format!("{rows} rows; --rows shows more, `take` asks for fewer"));
            }
            return Ok(());
        }
        let mut output = Output::open(None)?;
        for drawing in &drawn {
            output.write_all(chart::text(drawing, width()).as_bytes())?;
        }
        output.finish()?;
        if let (Some(path), Some(drawing)) = (&self.arguments.html, drawn.last()) {
            let mut page = Output::open(Some(path))?;
            page.write_all(chart::page(drawing).as_bytes())?;
            page.finish()?;
            screen::note(&format!("the chart is in {}", path.display()));
        }
        Ok(())
    }

    /// A table with no more rows than are shown.
    fn first(&self, table: &AnswerTable) -> AnswerTable {
        let mut left = self.arguments.rows;
        let mut first = table.clone();
        first.batches = table
            .batches
            .iter()
            .map_while(|batch| {
                let rows = batch.num_rows().min(left);
                left -= rows;
                (rows > 0).then(|| batch.slice(0, rows))
            })
            .collect();
        first
    }
}

/// How many letters a line of the terminal has; 100 where there is none.
fn width() -> usize {
    console::Term::stdout().size_checked().map_or(100, |(_, columns)| usize::from(columns))
}

/// Where texts are remembered: beside what the user's programs keep of their state.
fn history() -> Option<PathBuf> {
    let folder = |name: &str| std::env::var_os(name).map(PathBuf::from);
    let state = folder("XDG_STATE_HOME").or_else(|| Some(folder("HOME")?.join(".local/state")));
    let state = state.filter(|state| state.is_absolute())?.join("harrier");
    std::fs::create_dir_all(&state).ok()?;
    Some(state.join("history.txt"))
}
