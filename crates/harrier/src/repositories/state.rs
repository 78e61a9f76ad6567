//! What is noted of a repository, in `repository.json` beside what was fetched of it.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use harrier_rules::Licence;
use serde::{Deserialize, Serialize};

use super::source::{Place, Source};
use super::{FetchOptions, RepositoryError, error};

const NOTES: &str = "repository.json";
/// Beside the notes, readable by its owner alone: name and password, one a line.
const CREDENTIALS: &str = "credentials";
/// Begins the names of folders that are not whole yet.
const PASSING: &str = ".adding-";

/// A repository of rules.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Repository {
    /// Its name here.
    pub name: String,
    /// The URL that it is fetched from, without credentials; none where it is a folder of this machine.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// The folder that it is read in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub folder: Option<PathBuf>,
    /// The branch that is followed; the repository's own choice where none is named.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub branch: Option<String>,
    /// The commit that was fetched last, as forty hexadecimal digits; none where the folder is no git repository.
    pub commit: Option<String>,
    /// When that was. **Unit**: ticks.
    pub retrieved: i64,
    /// Its licence, where a file says so.
    pub licence: Option<Licence>,
    /// How many rules it has.
    pub rules: usize,
    /// The folder of these notes.
    #[serde(skip)]
    pub(super) home: PathBuf,
}

impl Repository {
    /// Where its index and what was fetched lie.
    pub(super) fn at(mut self, home: PathBuf) -> Self {
        self.home = home;
        self
    }

    /// The git repository that was fetched into.
    pub(super) fn git_folder(&self) -> PathBuf {
        self.home.join("git")
    }

    /// The place that it comes from, as messages show it.
    #[must_use]
    pub fn shown_source(&self) -> String {
        match (&self.url, &self.folder) {
            (Some(url), _) => super::redacted(url),
            (None, Some(folder)) => folder.display().to_string(),
            (None, None) => String::new(),
        }
    }

    /// Where it is fetched from, with the credentials that were given when it was added.
    pub(super) fn source(&self) -> Result<Source, RepositoryError> {
        if let Some(folder) = &self.folder {
            return Ok(Source { place: Place::Folder(folder.clone()), credentials: None });
        }
        let path = self.home.join(CREDENTIALS);
        let credentials = match fs::read_to_string(&path) {
            Ok(text) => text.split_once('\n').map(|(name, password)| {
                (name.to_owned(), password.trim_end_matches('\n').to_owned())
            }),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => None,
            Err(error) => return Err(error::io(&path, error)),
        };
        Ok(Source { place: Place::Url(self.url.clone().unwrap_or_default()), credentials })
    }
}

/// All repositories below a folder, by name.
pub(super) fn list(folder: &Path) -> Result<Vec<Repository>, RepositoryError> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error::io(folder, error)),
    };
    let mut all = Vec::new();
    for entry in entries {
        let home = entry.map_err(|error| error::io(folder, error))?.path();
        let is_hidden = home.file_name().is_none_or(|name| name.to_string_lossy().starts_with('.'));
        if !is_hidden && home.join(NOTES).is_file() {
            all.push(read(home)?);
        }
    }
    all.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(all)
}

fn read(home: PathBuf) -> Result<Repository, RepositoryError> {
    let path = home.join(NOTES);
    let text = fs::read(&path).map_err(|error| error::io(&path, error))?;
    let repository: Repository = serde_json::from_slice(&text)
        .map_err(|error| RepositoryError::Damaged { path, reason: error.to_string() })?;
    Ok(repository.at(home))
}

/// A new folder for a repository that is being added. What an earlier try left is cleared away.
pub(super) fn passing_folder(folder: &Path, name: &str) -> Result<PathBuf, RepositoryError> {
    let passing = folder.join(format!("{PASSING}{name}"));
    if passing.exists() {
        fs::remove_dir_all(&passing).map_err(|error| error::io(&passing, error))?;
    }
    fs::create_dir_all(&passing).map_err(|error| error::io(&passing, error))?;
    Ok(passing)
}

/// What is known of a repository before anything of it was fetched.
pub(super) fn create(
    home: &Path,
    name: &str,
    source: &Source,
    options: &FetchOptions,
) -> Result<Repository, RepositoryError> {
    if let Some((user, password)) = &source.credentials {
        write_secret(&home.join(CREDENTIALS), &format!("{user}\n{password}\n"))?;
    }
    let (url, folder) = match &source.place {
        Place::Url(url) => (Some(url.clone()), None),
        Place::Folder(folder) => (None, Some(folder.clone())),
    };
    Ok(Repository {
        name: name.to_owned(),
        url,
        folder,
        branch: options.branch.clone(),
        commit: None,
        retrieved: options.now,
        licence: None,
        rules: 0,
        home: home.to_owned(),
    })
}

fn write_secret(path: &Path, text: &str) -> Result<(), RepositoryError> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    let written = options.open(path).and_then(|mut file| file.write_all(text.as_bytes()));
    written.map_err(|error| error::io(path, error))
}

/// Gives a repository that is whole its own name.
pub(super) fn keep(passing: &Path, home: &Path) -> Result<(), RepositoryError> {
    fs::rename(passing, home).map_err(|error| error::io(home, error))
}

/// Writes what is known of a repository.
pub(super) fn write(repository: &Repository) -> Result<(), RepositoryError> {
    let path = repository.home.join(NOTES);
    let text = serde_json::to_vec_pretty(repository).map_err(|error| RepositoryError::Damaged {
        path: path.clone(),
        reason: error.to_string(),
    })?;
    write_whole(&path, &text)
}

/// Writes a file that is there whole or not at all.
pub(super) fn write_whole(path: &Path, bytes: &[u8]) -> Result<(), RepositoryError> {
    let passing = path.with_extension("part");
    let written = fs::write(&passing, bytes).and_then(|()| fs::rename(&passing, path));
    written.map_err(|error| error::io(path, error))
}
