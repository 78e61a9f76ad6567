//! Files of a feed: written where they changed, removed where they are no longer made.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use super::{FeedError, changes};

/// Writes files below a folder.
pub(super) struct Writer {
    folder: PathBuf,
    /// All files that belong to the feed.
    made: BTreeSet<PathBuf>,
    /// How many of them were not the same already.
    written: usize,
}

impl Writer {
    /// A folder that is empty, not there yet, or a feed of an earlier build.
    pub(super) fn new(folder: &Path) -> Result<Self, FeedError> {
        let is_empty = match fs::read_dir(folder) {
            Ok(mut entries) => entries.next().is_none(),
            Err(_) => true,
        };
        if !is_empty && !folder.join(changes::FILE).exists() {
            return Err(FeedError::Foreign(folder.to_owned()));
        }
        Ok(Self { folder: folder.to_owned(), made: BTreeSet::new(), written: 0 })
    }

    pub(super) fn write(&mut self, name: &str, text: &str) -> Result<(), FeedError> {
        let path = self.folder.join(name);
        let failed = |source| FeedError::Write { path: path.clone(), source };
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent).map_err(failed)?;
        }
        self.made.insert(path.clone());
        if fs::read(&path).is_ok_and(|known| known == text.as_bytes()) {
            return Ok(());
        }
        fs::write(&path, text).map_err(failed)?;
        self.written += 1;
        Ok(())
    }

    /// Removes pages of rules that are gone; says how many files changed.
    pub(super) fn finish(mut self) -> Result<usize, FeedError> {
        let rules = self.folder.join("rules");
        for entry in fs::read_dir(&rules).into_iter().flatten().flatten() {
            let path = entry.path();
            let is_page = path.extension().is_some_and(|ending| ending == "html");
            if is_page && !self.made.contains(&path) {
                fs::remove_file(&path)
                    .map_err(|source| FeedError::Write { path: path.clone(), source })?;
                self.written += 1;
            }
        }
        Ok(self.written)
    }
}
