//! `harrier rules add` and `sync`.

use std::io::Write;

use clap::Args;
use harrier::repositories::{Depth, FetchOptions, Repositories, Repository, Source, Synced};

use super::{failure, interruptible};
use crate::arguments::Limits;
use crate::failure::{Exit, Failure};
use crate::output::Output;
use crate::{home, screen};

/// Add a repository: a git URL, a folder with git, or a plain folder.
#[derive(Args, Debug)]
#[command(after_help = ADD_EXAMPLE)]
pub(super) struct AddArguments {
    /// A URL (https, ssh, git, file) or a folder. A name and a token may stand in the URL; they are kept apart and never shown.
    #[arg(value_name = "URL|DIR")]
    source: String,
    /// What it is called here [default: the last part of the URL].
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    /// The branch to follow [default: the repository's own].
    #[arg(long, value_name = "BRANCH")]
    branch: Option<String>,
    /// How many commits of its history to fetch, or `all`.
    #[arg(long, value_name = "N", default_value = "100", value_parser = depth)]
    depth: Depth,
}

const ADD_EXAMPLE: &str = "Examples:
  harrier rules add https://github.com/Azure/Azure-Sentinel --name sentinel
  harrier rules add ../our-rules --depth all";

/// Fetch what is new of repositories; all where none is named.
#[derive(Args, Debug)]
#[command(after_help = SYNC_EXAMPLE)]
pub(super) struct SyncArguments {
    /// Names of repositories.
    #[arg(value_name = "NAME")]
    names: Vec<String>,
    /// How many commits of the history to have, or `all` [default: what is here, and what is new].
    #[arg(long, value_name = "N", value_parser = depth)]
    depth: Option<Depth>,
}

const SYNC_EXAMPLE: &str = "Example:
  harrier rules sync";

fn depth(text: &str) -> Result<Depth, String> {
    if text.eq_ignore_ascii_case("all") {
        return Ok(Depth::Everything);
    }
    match text.parse::<u32>() {
        Ok(depth) if depth > 0 => Ok(Depth::Commits(depth)),
        _ => Err(String::from("a number of commits, or `all`")),
    }
}

pub(super) fn add(
    arguments: &AddArguments,
    repositories: Repositories,
    limits: Limits,
) -> Result<Exit, Failure> {
    let source = Source::parse(&arguments.source).map_err(|error| failure(&error))?;
    screen::note(&format!("fetching {}", source.shown()));
    let options = FetchOptions {
        name: arguments.name.clone(),
        branch: arguments.branch.clone(),
        depth: arguments.depth,
        now: home::now(),
    };
    let (repository, _) =
        interruptible(limits, move |stop| repositories.add(&source, &options, stop))?;
    let mut output = Output::open(None)?;
    writeln!(output, "{}", summary(&repository))?;
    output.finish()?;
    if repository.rules == 0 {
        screen::warning("it holds no rule");
    }
    Ok(Exit::Clean)
}

fn summary(repository: &Repository) -> String {
    let commit = repository.commit.as_deref().map(|commit| commit.get(..12).unwrap_or(commit));
    let licence = match &repository.licence {
        Some(licence) => {
            licence.id.clone().unwrap_or_else(|| format!("its own, in {}", licence.path))
        }
        None => String::from("not said"),
    };
    format!(
        "{}: {} rules at {}, licence {licence}",
        repository.name,
        repository.rules,
        commit.unwrap_or("no commit (a plain folder)")
    )
}

pub(super) fn sync(
    arguments: &SyncArguments,
    repositories: Repositories,
    limits: Limits,
) -> Result<Exit, Failure> {
    let names = match arguments.names.as_slice() {
        [] => {
            let all = repositories.list().map_err(|error| failure(&error))?;
            all.into_iter().map(|repository| repository.name).collect()
        }
        names => names.to_vec(),
    };
    if names.is_empty() {
        return Err(Failure::user_with(
            "there is no repository yet",
            "add one with `harrier rules add URL`",
        ));
    }
    let options = FetchOptions {
        depth: arguments.depth.unwrap_or_default(),
        now: home::now(),
        ..FetchOptions::default()
    };
    let mut output = Output::open(None)?;
    let mut first_failure = None;
    for name in names {
        let (repositories, options) = (repositories.clone(), options.clone());
        let wanted = name.clone();
        match interruptible(limits, move |stop| repositories.sync(&wanted, &options, stop)) {
            Ok((repository, synced)) => write_synced(&repository, &synced, &mut output)?,
            Err(Failure::Interrupted) => return Err(Failure::Interrupted),
            // One that can not be had keeps no other from being fetched.
            Err(failure) => {
                screen::warning(&format!("{name} is left as it was"));
                match first_failure {
                    None => first_failure = Some(failure),
                    Some(_) => {
                        failure.tell();
                    }
                }
            }
        }
    }
    output.finish()?;
    match first_failure {
        Some(failure) => Err(failure),
        None => Ok(Exit::Clean),
    }
}

fn write_synced(
    repository: &Repository,
    synced: &Synced,
    output: &mut impl Write,
) -> std::io::Result<()> {
    let (added, changed, removed) =
        (synced.added.len(), synced.changed.len(), synced.removed.len());
    let short = |commit: &Option<String>| {
        commit
            .as_deref()
            .map_or(String::from("-"), |commit| commit.get(..12).unwrap_or(commit).to_owned())
    };
    if synced.before == synced.after && added + changed + removed == 0 {
        return writeln!(output, "{}: nothing new at {}", repository.name, short(&synced.after));
    }
    writeln!(
        output,
        "{}: {} to {}: {added} rules added, {changed} changed, {removed} removed",
        repository.name,
        short(&synced.before),
        short(&synced.after)
    )?;
    for (sign, labels) in [('+', &synced.added), ('~', &synced.changed), ('-', &synced.removed)] {
        for label in labels.iter().take(MOST_TOLD) {
            writeln!(output, "  {sign} {}/{}", repository.name, screen::clean(label))?;
        }
        if labels.len() > MOST_TOLD {
            writeln!(output, "  {sign} and {} more", labels.len() - MOST_TOLD)?;
        }
    }
    Ok(())
}

/// How many rules are named of each kind of change.
const MOST_TOLD: usize = 50;
