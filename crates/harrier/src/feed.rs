//! The feed: a static site of rules, with feeds for programs, from rules and git alone.
//!
//! It needs no server and no network: a folder that a browser opens. Text of rules is escaped wherever it goes.

mod atom;
mod changes;
mod entry;
mod json_feed;
mod single;
mod site;
mod sitemap;
mod write;

use std::path::{Path, PathBuf};

use harrier_rules::attack::Version;
use harrier_rules::coverage::{Coverage, layer};
use harrier_rules::page::{Observed, Page, compare};

pub use changes::{Change, ChangeKind};
use entry::Entry;
pub use single::{coverage_page, single_page};

/// What the feed is called, and where it will stand.
#[derive(Clone, Debug)]
pub struct FeedOptions {
    /// Its title.
    pub title: String,
    /// The address that it will be served under; without one links are relative, and there is no sitemap.
    pub url: Option<String>,
    /// The present time, as `2026-11-24T18:00:00Z`: that of a change which no commit dates.
    pub now: String,
    /// The version of ATT&CK's matrix.
    pub version: Version,
}

/// What was built.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeedReport {
    /// Pages of rules.
    pub rules: usize,
    /// Changes since the last build in this folder.
    pub changes: usize,
    /// Files written: those that were not the same already.
    pub files: usize,
}

/// Why a feed could not be built.
#[derive(Debug, thiserror::Error)]
pub enum FeedError {
    /// A file or a folder can not be written.
    #[error("`{path}` can not be written: {source}")]
    Write {
        /// Which.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// The folder holds something else.
    #[error("`{0}` holds files that are no feed of Harrier's")]
    Foreign(PathBuf),
    /// A template is at fault, which tests rule out.
    #[error("a page can not be made: {0}")]
    Template(#[from] minijinja::Error),
    /// A value can not be written as JSON, which tests rule out.
    #[error("a value can not be written: {0}")]
    Json(#[from] serde_json::Error),
}

/// Builds the feed of these pages in a folder. What is there from an earlier build is brought up to date: pages of rules
/// that are gone are removed, and what changed in meaning is listed.
///
/// # Errors
/// Where the folder holds something else, or can not be written.
pub fn build(
    folder: &Path,
    mut pages: Vec<Page>,
    observed: Option<&Observed>,
    options: &FeedOptions,
) -> Result<FeedReport, FeedError> {
    pages.sort_by(|one, other| (&one.path, &one.id).cmp(&(&other.path, &other.id)));
    compare(&mut pages, &|page| Some(entry::file_name(page)));
    let earlier = changes::Ledger::read(folder)?;
    let mut entries: Vec<Entry> = pages.iter().map(|page| Entry::of(page, options)).collect();
    let ledger = earlier.with(&mut entries, options);
    let coverage = Coverage::of(&pages.iter().collect::<Vec<_>>(), observed, options.version);

    let mut writer = write::Writer::new(folder)?;
    site::write(&mut writer, &entries, &coverage, &ledger, options)?;
    writer.write("feed.json", &json_feed::text(&entries, options)?)?;
    writer.write("feed.xml", &atom::text(&entries, options))?;
    writer.write("rules.ndjson", &lines(&pages)?)?;
    writer.write("coverage.json", &serde_json::to_string(&coverage)?)?;
    writer.write(
        "navigator.json",
        &serde_json::to_string_pretty(&layer(&coverage, &options.title))?,
    )?;
    if let Some(url) = &options.url {
        writer.write("sitemap.xml", &sitemap::text(&entries, url))?;
    }
    writer.write(changes::FILE, &ledger.text()?)?;
    let files = writer.finish()?;
    Ok(FeedReport { rules: entries.len(), changes: ledger.fresh, files })
}

fn lines(pages: &[Page]) -> Result<String, serde_json::Error> {
    let mut text = String::new();
    for page in pages {
        text.push_str(&serde_json::to_string(page)?);
        text.push('\n');
    }
    Ok(text)
}
