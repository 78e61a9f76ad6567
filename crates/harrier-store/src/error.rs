//! Why data could not be opened.

use std::path::PathBuf;

/// Why data could not be opened. A file that can not be read is none of these: its [`crate::FileReport`] says why.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// What was given as data is not there: correct the path.
    #[error("no such file or folder: {}", .0.display())]
    NotThere(PathBuf),
    /// A folder that was given can not be listed: mend its permissions.
    #[error("can not list {}: {source}", path.display())]
    Folder {
        /// The folder.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// A file of watchlists, of what functions look up, or of places can not be understood: mend it.
    #[error("{} {why}", path.display())]
    Given {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        why: String,
    },
    /// A pattern of `--table NAME=GLOB` is none: correct it.
    #[error("`{pattern}` is not a pattern of file names: {source}")]
    Pattern {
        /// The pattern as it was given.
        pattern: String,
        /// What is wrong with it.
        source: globset::Error,
    },
}
