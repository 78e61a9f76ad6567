//! `harrier rules search`.

use std::io::Write;
use std::path::PathBuf;

use clap::Args;
use harrier::repositories::{Found, Repositories, Search};

use super::forms::write_json;
use super::{ListFormat, failure};
use crate::failure::{Exit, Failure};
use crate::formats::table::shown;
use crate::output::Output;
use crate::screen;

/// Find rules by words, tables, techniques.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLE)]
pub(super) struct SearchArguments {
    /// Words, all of which a rule must hold, and conditions such as table:SigninLogs.
    #[arg(required = true, value_name = "WORDS")]
    words: Vec<String>,
    /// How many rules are shown, the best first; 0 for all.
    #[arg(long, value_name = "N", default_value_t = 50)]
    limit: usize,
    /// The form of the results.
    #[arg(long, value_enum, default_value = "text")]
    format: ListFormat,
    /// Write the results to a file.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

const EXAMPLE: &str =
    "Words are looked for in names, descriptions, queries, tables, tactics and techniques.
Conditions: table: technique: tactic: severity: kind: repo: name: description: query: path: id:

Examples:
  harrier rules search password spray
  harrier rules search table:SigninLogs technique:T1110 severity:high
  harrier rules search '\"service principal\"' --format ndjson";

pub(super) fn run(
    arguments: &SearchArguments,
    repositories: &Repositories,
) -> Result<Exit, Failure> {
    let search = Search::parse(&arguments.words.join(" "));
    let all = repositories.list().map_err(|error| failure(&error))?;
    if all.is_empty() {
        return Err(Failure::user_with(
            "there is no repository to search",
            "add one with `harrier rules add URL`",
        ));
    }
    let mut found = repositories.search(&search).map_err(|error| failure(&error))?;
    let count = found.len();
    if arguments.limit > 0 {
        found.truncate(arguments.limit);
    }
    let mut output = Output::open(arguments.out.as_deref())?;
    match arguments.format {
        ListFormat::Text => found.iter().try_for_each(|one| write_one(one, &mut output))?,
        format => write_json(&found, format, &mut output)?,
    }
    output.finish()?;
    let more = match count - found.len() {
        0 => String::new(),
        more => format!(", {more} of them not shown (--limit 0 shows all)"),
    };
    screen::note(&format!("{count} {}{more}", if count == 1 { "rule" } else { "rules" }));
    Ok(Exit::Clean)
}

fn write_one(found: &Found, output: &mut impl Write) -> std::io::Result<()> {
    let rule = &found.rule;
    writeln!(output, "{}", shown(&rule.name, 200))?;
    writeln!(output, "  {}/{}", found.repository, shown(&rule.label(), 400))?;
    let mut facts = vec![rule.kind.clone()];
    facts.extend(rule.severity.clone());
    facts.extend(Some(rule.techniques.join(" ")).filter(|text| !text.is_empty()));
    facts.extend(Some(rule.tables.join(", ")).filter(|text| !text.is_empty()));
    writeln!(output, "  {}", shown(&facts.join(" | "), 300))
}
