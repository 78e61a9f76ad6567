//! `harrier serve --stdio`: queries in, answers out, a JSON line each.

use std::io::{self, BufRead, Write};
use std::time::Instant;

use clap::Args;
use kql_engine::{AnswerTable, QueryOptions, json};
use kql_semantics::dynamic::write_string;
use serde::Deserialize;

use super::query::Now;
use crate::arguments::{DataArguments, Limits};
use crate::failure::{Exit, Failure};
use crate::output::Output;
use crate::{data, running, values};

/// Answer queries that come as JSON lines.
///
/// Reads {"query": "…"} and writes {"ok": true, "ms": 12.3, "columns": [names], "types": [names], "rows": [[…]]} or
/// {"ok": false, "error": "…"}, a line each.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLE)]
pub(crate) struct ServeArguments {
    /// Over standard input and output.
    #[arg(long, required = true)]
    stdio: bool,
    #[command(flatten)]
    data: DataArguments,
    /// What `now()` is [default: the last event of the tables that a query reads].
    #[arg(long, value_name = "TIME", value_parser = values::instant, allow_hyphen_values = true)]
    as_of: Option<i64>,
}

const EXAMPLE: &str = r#"Example:
  echo '{"query": "print answer = 42"}' | harrier serve --stdio"#;

/// The longest line that is read. **Unit**: bytes.
const MOST: u64 = 64 << 20;

#[derive(Deserialize)]
struct Question {
    query: String,
}

pub(crate) fn run(arguments: &ServeArguments, limits: Limits) -> Result<Exit, Failure> {
    let store = data::open(&arguments.data, limits)?;
    let engine = running::engine(&store, limits)?;
    let runtime = running::runtime(limits)?;
    let mut output = Output::open(None)?;
    let mut input = io::stdin().lock();
    let mut line = Vec::new();
    loop {
        line.clear();
        let read = io::Read::take(&mut input, MOST).read_until(b'\n', &mut line);
        if read
            .map_err(|error| Failure::user(format!("standard input can not be read: {error}")))?
            == 0
        {
            break;
        }
        if line.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        let answer = match serde_json::from_slice::<Question>(&line) {
            Err(error) => failure(&format!("the line is no {{\"query\": \"…\"}}: {error}")),
            Ok(question) => {
                let now = Now::of(&engine, &store, &question.query, arguments.as_of).ticks;
                let options =
                    QueryOptions { now, deadline: limits.timeout, ..QueryOptions::default() };
                let started = Instant::now();
                match runtime.block_on(engine.query(&question.query, &options)) {
                    Ok(answer) => success(started, answer.tables.first()),
                    Err(error) => failure(&error.to_string()),
                }
            }
        };
        output.write_all(answer.as_bytes())?;
        output.flush()?;
    }
    output.finish()?;
    Ok(Exit::Clean)
}

/// The names, the types, and the rows of the first table.
fn success(started: Instant, table: Option<&AnswerTable>) -> String {
    let ms = started.elapsed().as_secs_f64() * 1e3;
    let columns = table.map_or(&[][..], |table| &table.columns);
    let names: Vec<&str> = columns.iter().map(|column| &*column.name).collect();
    let types: Vec<&str> = columns.iter().map(|column| json::shown_type(column.ty)).collect();
    let [names, types] = [serde_json::json!(names), serde_json::json!(types)];
    let mut text =
        format!("{{\"ok\":true,\"ms\":{ms:.3},\"columns\":{names},\"types\":{types},\"rows\":");
    match table {
        Some(table) => json::write_rows(table, &mut text),
        None => text.push_str("[]"),
    }
    text.push_str("}\n");
    text
}

fn failure(message: &str) -> String {
    let mut text = String::from("{\"ok\":false,\"error\":");
    write_string(message, &mut text);
    text.push_str("}\n");
    text
}
