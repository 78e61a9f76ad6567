//! Why a repository of rules could not be added, fetched or read. No text here holds credentials.

use std::path::{Path, PathBuf};

use super::Repository;
use super::source::redacted;

/// Why a repository of rules could not be added, fetched or read.
#[derive(Debug, thiserror::Error)]
pub enum RepositoryError {
    /// The name is taken.
    #[error("there is a repository `{0}` already")]
    Exists(String),
    /// No repository has this name.
    #[error("there is no repository `{name}`")]
    Unknown {
        /// The name.
        name: String,
        /// The name that was probably meant.
        nearest: Option<String>,
    },
    /// A name that can not be one.
    #[error(
        "`{0}` can not be the name of a repository: letters, digits, `-`, `_` and `.` can, a `.` not at the beginning"
    )]
    Name(String),
    /// What was named is neither a URL nor a folder.
    #[error("`{0}` is neither a URL nor a folder")]
    NoSource(String),
    /// The URL has a form that is not fetched from.
    #[error("rules are fetched over https, http, ssh, git and file, not over `{0}`")]
    Scheme(String),
    /// It could not be fetched.
    #[error("{url} can not be fetched: {reason}")]
    Fetch {
        /// The URL, without credentials.
        url: String,
        /// What the other side or git says.
        reason: String,
    },
    /// The server wants to know who asks.
    #[error("{url} wants a name and a password or token, and does not take what was given")]
    Credentials {
        /// The URL, without credentials.
        url: String,
    },
    /// Credentials would go over an unencrypted connection.
    #[error("a name and password are not sent over http, where others can read them: use https")]
    ClearText,
    /// There is no history: it is a plain folder.
    #[error("`{0}` is a folder without git: it has no history")]
    NoHistory(String),
    /// No commit has this id.
    #[error("`{name}` has no commit `{commit}`, at least not in the history that is here")]
    NoCommit {
        /// The repository.
        name: String,
        /// The commit.
        commit: String,
    },
    /// Its objects can not be read.
    #[error("the git repository of `{name}` can not be read: {reason}")]
    Git {
        /// The repository.
        name: String,
        /// What is wrong.
        reason: String,
    },
    /// A file of ours can not be read or written.
    #[error("{path}: {source}", path = .path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// A file of ours is not as we write it.
    #[error("{path} is damaged ({reason}): remove the repository and add it again", path = .path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        reason: String,
    },
    /// The user stopped it.
    #[error("stopped")]
    Interrupted,
}

pub(super) fn unknown(name: &str, all: &[Repository]) -> RepositoryError {
    let wanted = name.to_lowercase();
    let alike = all.iter().find(|known| {
        let known = known.name.to_lowercase();
        known.contains(&wanted) || wanted.contains(&known)
    });
    let nearest = alike.or(match all {
        [only] => Some(only),
        _ => None,
    });
    RepositoryError::Unknown {
        name: name.to_owned(),
        nearest: nearest.map(|known| known.name.clone()),
    }
}

pub(super) fn io(path: &Path, source: std::io::Error) -> RepositoryError {
    RepositoryError::Io { path: path.to_owned(), source }
}

pub(super) fn git(repository: &Repository, error: impl std::fmt::Display) -> RepositoryError {
    RepositoryError::Git { name: repository.name.clone(), reason: redacted(&error.to_string()) }
}
