//! `harrier rules show`: a rule's facts, or the rule in another form.

use std::io::Write;
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use harrier::repositories::{Repositories, meaning_of};
use harrier_rules::{Meaning, Rule};
use kql_semantics::time::DateTimeText;

use super::named;
use crate::failure::{Exit, Failure};
use crate::formats::table::shown;
use crate::output::Output;
use crate::screen;

/// Show a rule: what it says and means, or in another form (ARM template, YAML, JSON, its own bytes).
#[derive(Args, Debug)]
#[command(after_help = EXAMPLE)]
pub(super) struct ShowArguments {
    /// A file, a path in a repository, an id, or a name.
    #[arg(value_name = "RULE")]
    rule: String,
    /// The form to show it in.
    #[arg(long, value_enum, default_value = "text")]
    format: ShowFormat,
    /// Write it to a file.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

/// The forms of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum ShowFormat {
    /// What it says and means, for a terminal.
    Text,
    /// The file's own bytes.
    Original,
    /// The form of the Sentinel repository.
    Yaml,
    /// An ARM template that deploys it; read again it is the same rule, and nothing is lost.
    Arm,
    /// The fields of the YAML form as JSON.
    Json,
    /// The query alone.
    Kql,
    /// What it means, as JSON.
    Meaning,
}

const EXAMPLE: &str = "Examples:
  harrier rules show rule.yaml
  harrier rules show rule.yaml --format arm --out rule.json
  harrier rules show export.json --format yaml";

pub(super) fn run(arguments: &ShowArguments, repositories: &Repositories) -> Result<Exit, Failure> {
    let named = named::rule(&arguments.rule, repositories)?;
    let rule = &named.rule;
    let mut output = Output::open(arguments.out.as_deref())?;
    match arguments.format {
        ShowFormat::Original => output.write_all(&rule.file.bytes)?,
        ShowFormat::Yaml => output.write_all(rule.document().to_yaml().as_bytes())?,
        ShowFormat::Arm => output.write_all(rule.document().to_arm().as_bytes())?,
        ShowFormat::Json => output.write_all(rule.document().to_json().as_bytes())?,
        ShowFormat::Kql => writeln!(output, "{}", rule.query.text.trim_end())?,
        ShowFormat::Meaning => {
            serde_json::to_writer_pretty(&mut output, &meaning_of(rule))
                .map_err(std::io::Error::from)?;
            writeln!(output)?;
        }
        ShowFormat::Text => write_text(rule, &meaning_of(rule), &mut output)?,
    }
    output.finish()?;
    Ok(Exit::Clean)
}

fn write_text(rule: &Rule, meaning: &Meaning, output: &mut impl Write) -> std::io::Result<()> {
    writeln!(output, "{}", shown(&rule.name, 300))?;
    if !rule.description.is_empty() {
        writeln!(output, "{}", screen::clean(&rule.description))?;
    }
    writeln!(output)?;
    let joined = |facts: &std::collections::BTreeSet<String>| {
        facts.iter().map(String::as_str).collect::<Vec<_>>().join("; ")
    };
    let facts = [
        ("kind", meaning.kind.clone()),
        ("severity", meaning.severity.clone()),
        ("id", rule.id.clone().unwrap_or_default()),
        ("version", meaning.version.clone()),
        ("schedule", meaning.schedule.clone()),
        ("tactics", joined(&meaning.tactics)),
        ("techniques", joined(&meaning.techniques)),
        ("tables", joined(&meaning.tables)),
        ("functions", joined(&meaning.functions)),
        ("windows", joined(&meaning.windows)),
        ("joins", joined(&meaning.joins)),
        ("groups", joined(&meaning.groups)),
        ("literals", joined(&meaning.literals)),
        ("entities", joined(&meaning.entities)),
        ("columns", meaning.columns.join(", ")),
    ];
    for (name, value) in facts.iter().filter(|(_, value)| !value.is_empty()) {
        writeln!(output, "{name:>11}  {}", shown(value, 2_000))?;
    }
    if !meaning.binds {
        writeln!(output, "{:>11}  the query has errors: `harrier check` shows them", "")?;
    }
    let Some(origin) = &rule.file.origin else { return Ok(()) };
    writeln!(output, "{:>11}  {} {}", "from", shown(&origin.url, 300), shown(&origin.path, 300))?;
    if let Some(commit) = &origin.commit {
        writeln!(output, "{:>11}  {commit}", "commit")?;
    }
    if let Some(change) = &origin.changed {
        let time = DateTimeText(change.time).to_string();
        let day = time.get(..10).unwrap_or(&time);
        writeln!(output, "{:>11}  {day} {}", "changed", shown(&change.subject, 200))?;
    }
    if let Some(retrieved) = origin.retrieved {
        writeln!(output, "{:>11}  {}", "retrieved", DateTimeText(retrieved))?;
    }
    if let Some(licence) = &origin.licence {
        let id = licence.id.as_deref().unwrap_or("its own");
        writeln!(output, "{:>11}  {id}, in {}", "licence", shown(&licence.path, 100))?;
    }
    Ok(())
}
