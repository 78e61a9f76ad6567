//! Repositories of rules: added once, fetched again, read as they were committed.
//!
//! Nothing of a repository is written out as files: rules are read from git's objects, so that links, odd names and scripts
//! in it never meet the file system. In order: [`Source`] is what a user names; `fetch` brings commits; `files` reads a
//! commit's rules; `history` follows a file back; `index` and `search` find rules by words.

mod changes;
mod error;
mod fetch;
mod files;
mod history;
mod index;
mod licence;
mod search;
mod source;
mod state;
mod versions;

use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use harrier_rules::Loaded;

pub use error::RepositoryError;
pub use history::{History, Version};
pub use index::IndexedRule;
pub use search::{Found, Search};
pub use source::{Place, Source, redacted};
pub use state::Repository;
pub use versions::{RuleVersion, RuleVersions, difference, meaning_of, unified};

/// The repositories of rules below a folder of the user's.
#[derive(Clone, Debug)]
pub struct Repositories {
    folder: PathBuf,
}

/// How a repository is added or fetched.
#[derive(Clone, Debug, Default)]
pub struct FetchOptions {
    /// The name that it gets. **Default**: the last part of its URL or folder.
    pub name: Option<String>,
    /// The branch that is followed. **Default**: the one that the repository's HEAD names.
    pub branch: Option<String>,
    /// How many commits back the history goes.
    pub depth: Depth,
    /// What the clock says. **Unit**: ticks.
    pub now: i64,
}

/// How much of a history is fetched.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Depth {
    /// When added the last [`DEFAULT_DEPTH`] commits; afterwards what is new.
    #[default]
    Usual,
    /// So many commits, counted from the newest.
    Commits(u32),
    /// All.
    Everything,
}

/// How many commits are fetched of a repository that is added.
pub const DEFAULT_DEPTH: u32 = 100;

/// What fetching changed.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Synced {
    /// The commit before; none where it was added, or is no git repository.
    pub before: Option<String>,
    /// The commit now.
    pub after: Option<String>,
    /// How many rules there are.
    pub rules: usize,
    /// Labels of rules that are new.
    pub added: Vec<String>,
    /// Labels of rules whose text changed.
    pub changed: Vec<String>,
    /// Labels of rules that are gone.
    pub removed: Vec<String>,
}

impl Repositories {
    /// Those below a home folder, which need not be there yet.
    #[must_use]
    pub fn new(home: &Path) -> Self {
        Self { folder: home.join("rules") }
    }

    /// All of them, by name.
    ///
    /// # Errors
    /// Where the folder can not be read, or what is noted of a repository.
    pub fn list(&self) -> Result<Vec<Repository>, RepositoryError> {
        state::list(&self.folder)
    }

    /// The repository of a name.
    ///
    /// # Errors
    /// Where there is none, with the nearest name that there is.
    pub fn get(&self, name: &str) -> Result<Repository, RepositoryError> {
        let all = self.list()?;
        match all.iter().position(|repository| repository.name == name) {
            Some(at) => all.into_iter().nth(at).ok_or_else(|| error::unknown(name, &[])),
            None => Err(error::unknown(name, &all)),
        }
    }

    /// Adds a repository: fetches it, reads its rules, notes what they say. Where that fails nothing stays.
    ///
    /// # Errors
    /// Where the name is taken, the source is none, or it can not be fetched.
    pub fn add(
        &self,
        source: &Source,
        options: &FetchOptions,
        interrupt: &AtomicBool,
    ) -> Result<(Repository, Synced), RepositoryError> {
        let name = match &options.name {
            Some(name) => source::checked_name(name)?,
            None => source.default_name()?,
        };
        if self.list()?.iter().any(|known| known.name == name) {
            return Err(RepositoryError::Exists(name));
        }
        let passing = state::passing_folder(&self.folder, &name)?;
        let added = state::create(&passing, &name, source, options)
            .and_then(|repository| self.bring(repository, source, options, interrupt));
        match added {
            Ok((repository, synced)) => {
                let kept = state::keep(&passing, &self.folder.join(&name));
                let repository = repository.at(self.folder.join(&name));
                kept.map(|()| (repository, synced))
            }
            Err(error) => {
                // What failed has been said; a folder that stays is cleared by the next `add`.
                let _ = std::fs::remove_dir_all(&passing);
                Err(error)
            }
        }
    }

    /// Fetches what is new of a repository.
    ///
    /// # Errors
    /// Where there is none of this name, or it can not be fetched; what was there stays.
    pub fn sync(
        &self,
        name: &str,
        options: &FetchOptions,
        interrupt: &AtomicBool,
    ) -> Result<(Repository, Synced), RepositoryError> {
        let repository = self.get(name)?;
        let source = repository.source()?;
        self.bring(repository, &source, options, interrupt)
    }

    fn bring(
        &self,
        mut repository: Repository,
        source: &Source,
        options: &FetchOptions,
        interrupt: &AtomicBool,
    ) -> Result<(Repository, Synced), RepositoryError> {
        let before = repository.commit.clone();
        repository.commit = fetch::fetch(&repository, source, options, interrupt)?;
        repository.retrieved = options.now;
        repository.licence = files::licence(&repository)?;
        let changes = history::last_changes(&repository)?;
        changes::write(&repository, &changes)?;
        let loaded = files::load(&repository, &changes)?;
        let synced = index::rebuild(&repository, &loaded)?;
        repository.rules = synced.rules;
        state::write(&repository)?;
        let after = repository.commit.clone();
        Ok((repository, Synced { before, after, ..synced }))
    }

    /// Forgets a repository and all that was fetched of it. A folder that was added in its place stays as it is.
    ///
    /// # Errors
    /// Where there is none of this name, or it can not be deleted.
    pub fn remove(&self, name: &str) -> Result<Repository, RepositoryError> {
        let repository = self.get(name)?;
        let folder = self.folder.join(name);
        std::fs::remove_dir_all(&folder).map_err(|error| error::io(&folder, error))?;
        Ok(repository)
    }

    /// Finds rules by words.
    ///
    /// # Errors
    /// Where an index can not be read.
    pub fn search(&self, search: &Search) -> Result<Vec<Found>, RepositoryError> {
        search::search(&self.list()?, search)
    }
}

impl Repository {
    /// Its rules and functions at the commit that it was fetched at. Each file knows its origin.
    ///
    /// # Errors
    /// Where they can not be read.
    pub fn load(&self) -> Result<Loaded, RepositoryError> {
        files::load(self, &changes::read(self)?)
    }

    /// The rules and functions of one of its files at the commit that it was fetched at.
    ///
    /// # Errors
    /// Where the file can not be read.
    pub fn load_file(&self, path: &str) -> Result<Loaded, RepositoryError> {
        files::load_file(self, path)
    }

    /// The versions of a rule, the newest first, with what each changed in its meaning.
    ///
    /// # Errors
    /// Where it is no git repository, or the history can not be read.
    pub fn versions(
        &self,
        path: &str,
        part: Option<&str>,
        most: usize,
    ) -> Result<RuleVersions, RepositoryError> {
        versions::of_rule(self, (path, part), most)
    }

    /// The versions of a file, the newest first, followed through renames.
    ///
    /// # Errors
    /// Where it is no git repository, or the history can not be read.
    pub fn history(&self, path: &str, most: usize) -> Result<History, RepositoryError> {
        history::of_file(self, path, most)
    }

    /// The bytes of a file at a commit, named by its id or the first digits of it; none where it was not there.
    ///
    /// # Errors
    /// Where there is no such commit.
    pub fn file_at(&self, commit: &str, path: &str) -> Result<Option<Vec<u8>>, RepositoryError> {
        history::file_at(self, commit, path)
    }

    /// All its rules as its index has them.
    ///
    /// # Errors
    /// Where the index can not be read.
    pub fn indexed(&self) -> Result<Vec<IndexedRule>, RepositoryError> {
        index::read(self)
    }
}
