//! Where a rule comes from: a repository, a commit, a path, a licence.

use serde::{Deserialize, Serialize};

/// Where a rule comes from, as far as that is known.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// The name that its repository has here.
    pub repository: String,
    /// The repository's URL or folder, without credentials.
    pub url: String,
    /// The commit that it was read at, as forty hexadecimal digits; none where the folder is no git repository.
    pub commit: Option<String>,
    /// Its path in the repository, with `/` between the parts.
    pub path: String,
    /// The licence of the repository, where a file says so.
    pub licence: Option<Licence>,
    /// The last change of its file, as far back as the history that is here goes.
    pub changed: Option<Change>,
    /// When the commit was fetched. **Unit**: ticks.
    pub retrieved: Option<i64>,
}

/// A licence, told from its text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Licence {
    /// Its SPDX identifier (`MIT`); none where the text is another's.
    pub id: Option<String>,
    /// The file that holds its text.
    pub path: String,
}

/// One change of a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// The commit, as forty hexadecimal digits.
    pub commit: String,
    /// When it was committed. **Unit**: ticks.
    pub time: i64,
    /// The first line of its message.
    pub subject: String,
    /// The file's path behind the change; before it where it was removed.
    pub path: String,
    /// What happened to the file.
    pub kind: ChangeKind,
}

/// What happened to a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ChangeKind {
    /// It came.
    Added,
    /// Its text changed.
    Changed,
    /// It moved, and its text may have changed too.
    Renamed {
        /// Its path before.
        from: String,
    },
    /// It went.
    Removed,
    /// It was there in the oldest commit that is here: what was before is not known.
    AlreadyThere,
}
