//! `harrier rules log`: the history of a rule, across renames, with what each change means.

use std::io::Write;
use std::path::PathBuf;

use clap::Args;
use harrier::repositories::{Repositories, RuleVersion};
use harrier_rules::{Change, ChangeKind, MeaningChange};
use kql_semantics::time::DateTimeText;
use serde::Serialize;

use super::forms::{happened, write_differences, write_json};
use super::{ListFormat, failure, named};
use crate::failure::{Exit, Failure};
use crate::formats::table::shown;
use crate::output::Output;
use crate::screen;

/// Show the history of a rule: each change, and what it did to the rule's meaning.
#[derive(Args, Debug)]
#[command(
    after_help = "Example:\n  harrier rules log sentinel/Detections/SigninLogs/SigninPasswordSpray.yaml"
)]
pub(super) struct LogArguments {
    /// A path in a repository, an id, or a name.
    #[arg(value_name = "RULE")]
    rule: String,
    /// How many changes are shown, the newest first.
    #[arg(long, value_name = "N", default_value_t = 50)]
    limit: usize,
    /// The form of the results.
    #[arg(long, value_enum, default_value = "text")]
    format: ListFormat,
    /// Write the results to a file.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

/// A change as JSON.
#[derive(Serialize)]
struct Line<'a> {
    #[serde(flatten)]
    change: &'a Change,
    when: String,
    differences: &'a [MeaningChange],
}

pub(super) fn run(arguments: &LogArguments, repositories: &Repositories) -> Result<Exit, Failure> {
    let named = named::rule(&arguments.rule, repositories)?;
    let Some((repository, indexed)) = named.kept else {
        return Err(Failure::user_with(
            format!("`{}` is a file: its history is its repository's", arguments.rule),
            "add the folder of its repository with `harrier rules add DIR`",
        ));
    };
    let versions = repository
        .versions(&indexed.path, indexed.part.as_deref(), arguments.limit.max(1).saturating_add(1))
        .map_err(|error| failure(&error))?;
    // One more was asked for, so that the oldest shown has one to be compared with.
    let is_cut = versions.is_cut || versions.versions.len() > arguments.limit;
    let shown: Vec<&RuleVersion> = versions.versions.iter().take(arguments.limit.max(1)).collect();
    let mut output = Output::open(arguments.out.as_deref())?;
    match arguments.format {
        ListFormat::Text => {
            for version in &shown {
                write_version(version, &mut output)?;
            }
        }
        format => {
            let line = |version: &&'_ RuleVersion| -> String {
                DateTimeText(version.change.time).to_string()
            };
            let lines: Vec<Line<'_>> = shown
                .iter()
                .map(|version| Line {
                    change: &version.change,
                    when: line(version),
                    differences: &version.differences,
                })
                .collect();
            write_json(&lines, format, &mut output)?;
        }
    }
    output.finish()?;
    if is_cut {
        screen::note(&format!(
            "there may be older changes: --limit shows more, `harrier rules sync {} --depth all` fetches the whole history",
            repository.name
        ));
    }
    Ok(Exit::Clean)
}

fn write_version(version: &RuleVersion, output: &mut impl Write) -> std::io::Result<()> {
    let change = &version.change;
    let time = DateTimeText(change.time).to_string();
    let day = time.get(..10).unwrap_or(&time);
    let commit = change.commit.get(..10).unwrap_or(&change.commit);
    writeln!(output, "{day}  {commit}  {}", shown(&change.subject, 200))?;
    if change.kind != ChangeKind::Changed {
        writeln!(output, "    {}", happened(&change.kind))?;
    }
    if version.rule.is_none() && change.kind != ChangeKind::Removed {
        writeln!(output, "    the file can not be read as a rule here")?;
    }
    if change.kind == ChangeKind::Changed
        && version.differences.is_empty()
        && version.rule.is_some()
    {
        writeln!(output, "    the text changed, and not what it means")?;
    }
    write_differences(&version.differences, "    ", output)
}
