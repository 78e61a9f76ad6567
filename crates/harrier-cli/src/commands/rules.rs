//! `harrier rules`: repositories of rules and their history.

mod add;
mod diff;
mod forms;
mod list;
mod log;
mod named;
mod search;
mod show;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use clap::{Args, Subcommand, ValueEnum};
use harrier::repositories::{Repositories, RepositoryError};

use crate::arguments::Limits;
use crate::failure::{Exit, Failure};
use crate::home::HomeArguments;
use crate::running;

/// Keep repositories of rules: add and fetch them, find rules in them, follow a rule's history.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLE)]
pub(crate) struct RulesArguments {
    #[command(subcommand)]
    what: What,
    #[command(flatten)]
    home: HomeArguments,
}

const EXAMPLE: &str = "Examples:
  harrier rules add https://github.com/Azure/Azure-Sentinel
  harrier rules search password spray table:SigninLogs technique:T1110
  harrier rules log Azure-Sentinel/Detections/SigninLogs/SigninPasswordSpray.yaml
  harrier hunt repo:Azure-Sentinel --data logs";

#[derive(Debug, Subcommand)]
enum What {
    Add(add::AddArguments),
    Sync(add::SyncArguments),
    List(list::ListArguments),
    Search(search::SearchArguments),
    Show(show::ShowArguments),
    Log(log::LogArguments),
    Diff(diff::DiffArguments),
    Remove(list::RemoveArguments),
}

/// The form of lists.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum ListFormat {
    /// For a terminal.
    #[default]
    Text,
    /// One JSON document.
    Json,
    /// One JSON object a line.
    Ndjson,
}

pub(crate) fn run(arguments: &RulesArguments, limits: Limits) -> Result<Exit, Failure> {
    let repositories = Repositories::new(&arguments.home.folder()?);
    match &arguments.what {
        What::Add(add) => add::add(add, repositories, limits),
        What::Sync(sync) => add::sync(sync, repositories, limits),
        What::List(list) => list::list(list, &repositories),
        What::Search(search) => search::run(search, &repositories),
        What::Show(show) => show::run(show, &repositories),
        What::Log(log) => log::run(log, &repositories),
        What::Diff(diff) => diff::run(diff, &repositories),
        What::Remove(remove) => list::remove(remove, &repositories),
    }
}

/// Does what waits for a network; Ctrl-C stops it, and what is half done does not stay.
fn interruptible<T: Send + 'static>(
    limits: Limits,
    work: impl FnOnce(&AtomicBool) -> Result<T, RepositoryError> + Send + 'static,
) -> Result<T, Failure> {
    let runtime = running::runtime(limits)?;
    let stop = Arc::new(AtomicBool::new(false));
    let seen = stop.clone();
    let task = runtime.spawn_blocking(move || work(&seen));
    let done = running::until_interrupted(&runtime, task);
    stop.store(true, Ordering::Relaxed);
    // A server that sends nothing is not waited for.
    runtime.shutdown_background();
    match done? {
        Ok(result) => result.map_err(|error| failure(&error)),
        Err(error) => Err(Failure::Own(format!("fetching ended: {error}"))),
    }
}

/// What to say where a repository can not be had.
pub(crate) fn failure(error: &RepositoryError) -> Failure {
    let message = error.to_string();
    let help = match error {
        RepositoryError::Exists(name) => {
            format!("fetch what is new with `harrier rules sync {name}`, or choose another --name")
        }
        RepositoryError::Unknown { nearest: Some(nearest), .. } => {
            format!("did you mean `{nearest}`?")
        }
        RepositoryError::Unknown { nearest: None, .. } => {
            String::from("`harrier rules list` names all; `harrier rules add URL` adds one")
        }
        RepositoryError::NoSource(_) => String::from(
            "name a URL such as https://github.com/Azure/Azure-Sentinel, or a folder that is there",
        ),
        RepositoryError::Credentials { .. } => String::from(
            "write them into the URL when you add it (https://NAME:TOKEN@host/...), or let a git credential helper know them",
        ),
        RepositoryError::Fetch { .. } => String::from("check the URL, the branch and the network"),
        RepositoryError::NoCommit { .. } => {
            String::from("fetch more of the history with `harrier rules sync NAME --depth all`")
        }
        RepositoryError::Interrupted => return Failure::Interrupted,
        RepositoryError::Io { source, .. } if source.kind() != std::io::ErrorKind::NotFound => {
            return Failure::Own(message);
        }
        _ => return Failure::user(message),
    };
    Failure::user_with(message, help)
}
