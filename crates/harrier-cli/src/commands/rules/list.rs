//! `harrier rules list` and `remove`.

use std::path::PathBuf;

use clap::Args;
use harrier::repositories::Repositories;
use kql_semantics::time::DateTimeText;

use super::forms::write_json;
use super::{ListFormat, failure};
use crate::failure::{Exit, Failure};
use crate::formats::table::grid;
use crate::output::Output;
use crate::screen;

/// List the repositories that were added.
#[derive(Args, Debug)]
#[command(after_help = "Example:\n  harrier rules list --format json")]
pub(super) struct ListArguments {
    /// The form of the results.
    #[arg(long, value_enum, default_value = "text")]
    format: ListFormat,
    /// Write the results to a file.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

/// Forget a repository and what was fetched of it.
#[derive(Args, Debug)]
#[command(after_help = "Example:\n  harrier rules remove sentinel")]
pub(super) struct RemoveArguments {
    /// Its name.
    #[arg(value_name = "NAME")]
    name: String,
}

pub(super) fn list(
    arguments: &ListArguments,
    repositories: &Repositories,
) -> Result<Exit, Failure> {
    let all = repositories.list().map_err(|error| failure(&error))?;
    let mut output = Output::open(arguments.out.as_deref())?;
    if arguments.format != ListFormat::Text {
        write_json(&all, arguments.format, &mut output)?;
        output.finish()?;
        return Ok(Exit::Clean);
    }
    let heading = ["Name", "Rules", "Commit", "Retrieved", "Licence", "Source"].map(String::from);
    let rows: Vec<Vec<String>> = all
        .iter()
        .map(|one| {
            let commit = one.commit.as_deref().map(|commit| commit.get(..12).unwrap_or(commit));
            let licence = one
                .licence
                .as_ref()
                .map(|licence| licence.id.clone().unwrap_or_else(|| licence.path.clone()));
            let retrieved = DateTimeText(one.retrieved).to_string();
            vec![
                one.name.clone(),
                one.rules.to_string(),
                commit.unwrap_or("-").to_owned(),
                retrieved.get(..16).unwrap_or(&retrieved).replace('T', " "),
                screen::clean(&licence.unwrap_or_else(|| String::from("-"))),
                screen::clean(&one.shown_source()),
            ]
        })
        .collect();
    if rows.is_empty() {
        screen::note("there is no repository yet: add one with `harrier rules add URL`");
    } else {
        grid(&heading, &[false, true, false, false, false, false], &rows, &mut output)?;
    }
    output.finish()?;
    Ok(Exit::Clean)
}

pub(super) fn remove(
    arguments: &RemoveArguments,
    repositories: &Repositories,
) -> Result<Exit, Failure> {
    let gone = repositories.remove(&arguments.name).map_err(|error| failure(&error))?;
    screen::note(&format!("{} is forgotten; {} stays as it is", gone.name, gone.shown_source()));
    Ok(Exit::Clean)
}
