//! `harrier rules diff`: what two versions of a rule, or two rules, differ in.

use std::io::Write;
use std::path::PathBuf;

use clap::Args;
use harrier::repositories::{Repositories, difference, unified};
use harrier_rules::{FileBytes, MeaningChange, Rule, load_bytes};
use serde::Serialize;

use super::forms::write_differences;
use super::named::{self, Named};
use super::{ListFormat, failure};
use crate::failure::{Exit, Failure};
use crate::output::Output;
use crate::screen;

/// Show what changed in a rule: in its meaning, and with --text in its text.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLE)]
pub(super) struct DiffArguments {
    /// A file, a path in a repository, an id, or a name.
    #[arg(value_name = "RULE")]
    rule: String,
    /// Another rule to compare it with [default: the rule as it was before its last change].
    #[arg(value_name = "OTHER")]
    other: Option<String>,
    /// The commit to compare from [default: the one before the last change].
    #[arg(long, value_name = "COMMIT", conflicts_with = "other")]
    from: Option<String>,
    /// The commit to compare to [default: the newest].
    #[arg(long, value_name = "COMMIT", conflicts_with = "other")]
    to: Option<String>,
    /// Show the lines that changed, too.
    #[arg(long)]
    text: bool,
    /// The form of the results.
    #[arg(long, value_enum, default_value = "text")]
    format: ListFormat,
    /// Write the results to a file.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

const EXAMPLE: &str = "Examples:
  harrier rules diff 'Password spray' --text
  harrier rules diff sentinel/Detections/A.yaml --from 3f2a1b4c
  harrier rules diff old.yaml new.yaml

Ends with exit code 1 where the meaning differs.";

/// A version of a rule with what it is called.
struct Side {
    name: String,
    rule: Rule,
}

#[derive(Serialize)]
struct Difference<'a> {
    from: &'a str,
    to: &'a str,
    differences: &'a [MeaningChange],
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<String>,
}

pub(super) fn run(arguments: &DiffArguments, repositories: &Repositories) -> Result<Exit, Failure> {
    let (before, after) = sides(arguments, repositories)?;
    let differences = difference(&before.rule, &after.rule);
    let text = |side: &Side| side.rule.file.source.text.clone();
    let lines = arguments
        .text
        .then(|| unified((&before.name, &text(&before)), (&after.name, &text(&after))));
    let mut output = Output::open(arguments.out.as_deref())?;
    if arguments.format == ListFormat::Text {
        write_differences(&differences, "", &mut output)?;
        if let Some(lines) = &lines {
            write!(output, "{}", screen::clean(lines))?;
        }
    } else {
        let difference = Difference {
            from: &before.name,
            to: &after.name,
            differences: &differences,
            text: lines,
        };
        serde_json::to_writer(&mut output, &difference).map_err(std::io::Error::from)?;
        writeln!(output)?;
    }
    output.finish()?;
    if differences.is_empty() {
        let is_same = text(&before) == text(&after);
        screen::note(match is_same {
            true => "both are the same",
            false => "the texts differ, and mean the same",
        });
        return Ok(Exit::Clean);
    }
    Ok(Exit::Found)
}

fn sides(arguments: &DiffArguments, repositories: &Repositories) -> Result<(Side, Side), Failure> {
    let named = named::rule(&arguments.rule, repositories)?;
    if let Some(other) = &arguments.other {
        let other = named::rule(other, repositories)?;
        let side = |named: Named| Side { name: named.rule.label(), rule: named.rule };
        return Ok((side(named), side(other)));
    }
    let Some((repository, indexed)) = named.kept else {
        return Err(Failure::user_with(
            format!("`{}` is a file: what it is to be compared with is wanted", arguments.rule),
            "name a second rule, or add the folder of its repository with `harrier rules add DIR`",
        ));
    };
    let at = |commit: &str| -> Result<Side, Failure> {
        let bytes = repository.file_at(commit, &indexed.path).map_err(|error| failure(&error))?;
        let file = bytes.map(|bytes| FileBytes {
            path: PathBuf::from(&indexed.path),
            relative: indexed.path.clone(),
            bytes: bytes.into(),
            origin: None,
        });
        let rules = file.map(|file| load_bytes(file).rules).unwrap_or_default();
        let rule = rules.into_iter().find(|rule| rule.part == indexed.part);
        let rule = rule.ok_or_else(|| {
            Failure::user_with(
                format!("`{}` is no rule at {commit}", indexed.path),
                "`harrier rules log` shows its commits and earlier paths",
            )
        })?;
        Ok(Side { name: format!("{} at {commit}", indexed.path), rule })
    };
    let after = match &arguments.to {
        Some(to) => at(to)?,
        None => Side { name: indexed.path.clone(), rule: named.rule },
    };
    if let Some(from) = &arguments.from {
        return Ok((at(from)?, after));
    }
    let versions = repository
        .versions(&indexed.path, indexed.part.as_deref(), 2)
        .map_err(|error| failure(&error))?
        .versions;
    let earlier = versions.into_iter().nth(1).and_then(|version| {
        let name = format!("{} at {}", version.change.path, version.change.commit);
        version.rule.map(|rule| Side { name, rule })
    });
    match earlier {
        Some(before) => Ok((before, after)),
        None => Err(Failure::user_with(
            format!("`{}` has one version in the history that is here", arguments.rule),
            format!("fetch more of it with `harrier rules sync {} --depth all`", repository.name),
        )),
    }
}
