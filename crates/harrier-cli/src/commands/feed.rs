//! `harrier feed`: a static site of rules, with feeds for programs.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use harrier::feed::{self, FeedError, FeedOptions};
use harrier::repositories::Repositories;

use super::coverage::MatrixVersion;
use crate::arguments::{DataArguments, Limits};
use crate::failure::{Exit, Failure};
use crate::home::{self, HomeArguments};
use crate::{pages, screen, values};

/// Publish what is known of rules: a static site and feeds.
#[derive(Args, Debug)]
pub(crate) struct FeedArguments {
    #[command(subcommand)]
    command: FeedCommand,
}

#[derive(Debug, Subcommand)]
enum FeedCommand {
    Build(BuildArguments),
}

/// Write the site: an index with search, a page a rule, coverage, changes; JSON Feed, Atom, rules.ndjson.
///
/// The site needs no server and no network. Built again in the same folder, it lists what changed in meaning.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLE)]
struct BuildArguments {
    /// The folder to write: empty, not there yet, or a feed of an earlier build.
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// Files, folders and globs of rules, and added repositories (`repo:NAME`) [default: all added repositories].
    #[arg(value_name = "RULES")]
    rules: Vec<PathBuf>,
    #[command(flatten)]
    home: HomeArguments,
    #[command(flatten)]
    data: DataArguments,
    /// The title of the site.
    #[arg(long, default_value = "Detection rules")]
    title: String,
    /// The address that it will be served under; then feeds have whole addresses, and there is a sitemap.
    #[arg(long, value_name = "URL")]
    url: Option<String>,
    /// The version of ATT&CK's matrix.
    #[arg(long, value_name = "VERSION", value_enum, default_value = "19")]
    attack: MatrixVersion,
    /// The time of changes that no commit dates [default: now].
    #[arg(long, value_name = "TIME", value_parser = values::instant)]
    as_of: Option<i64>,
}

const EXAMPLE: &str = "Examples:
  harrier feed build site demo-out/rules
  harrier feed build site repo:Azure-Sentinel --url https://rules.example";

pub(crate) fn run(arguments: &FeedArguments, limits: Limits) -> Result<Exit, Failure> {
    let FeedCommand::Build(arguments) = &arguments.command;
    if let Some(url) = &arguments.url
        && !url.starts_with("https://")
        && !url.starts_with("http://")
    {
        return Err(Failure::user_with(
            format!("`{url}` is no address of the web"),
            "it begins with https://",
        ));
    }
    let started = std::time::Instant::now();
    let rules = match arguments.rules.is_empty() {
        true => added(&arguments.home)?,
        false => arguments.rules.clone(),
    };
    let read = pages::read(&rules, &arguments.data, limits)?;
    let options = FeedOptions {
        title: arguments.title.clone(),
        url: arguments.url.clone(),
        now: pages::instant(arguments.as_of.unwrap_or_else(home::now)),
        version: arguments.attack.into(),
    };
    let report = feed::build(&arguments.folder, read.pages, read.observed.as_ref(), &options)
        .map_err(failure)?;
    screen::note(&format!(
        "{} rules, {} changes since the last build, {} files written in {:.1} s: {}",
        report.rules,
        report.changes,
        report.files,
        started.elapsed().as_secs_f32(),
        arguments.folder.join("index.html").display()
    ));
    Ok(Exit::Clean)
}

/// All repositories that were added.
fn added(home: &HomeArguments) -> Result<Vec<PathBuf>, Failure> {
    let repositories = Repositories::new(&home.folder()?).list();
    let repositories = repositories.map_err(|error| Failure::user(error.to_string()))?;
    if repositories.is_empty() {
        return Err(Failure::user_with(
            "no rules are named, and no repository was added",
            "name folders of rules, or add a repository with `harrier rules add`",
        ));
    }
    Ok(repositories.iter().map(|one| PathBuf::from(format!("repo:{}", one.name))).collect())
}

fn failure(error: FeedError) -> Failure {
    match &error {
        FeedError::Foreign(_) => {
            Failure::user_with(error.to_string(), "name a folder that is empty or not there yet")
        }
        FeedError::Write { .. } => Failure::user(error.to_string()),
        FeedError::Template(_) | FeedError::Json(_) => Failure::Own(error.to_string()),
    }
}
