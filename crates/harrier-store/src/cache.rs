//! What the first pass over a file learned, remembered between runs.

use std::hash::{Hash, Hasher};
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use serde::{Deserialize, Serialize};

use crate::discover::Found;
use crate::probe::{Look, Unread};
use crate::summary::Summary;

/// To be raised when what a first pass learns changes.
const VERSION: u32 = 3;

/// A smaller file is read as fast as what is remembered of it.
const LEAST_BYTES: u64 = 1024 * 1024;

/// What is remembered of a file.
#[derive(Serialize, Deserialize)]
struct Entry {
    version: u32,
    path: PathBuf,
    bytes: u64,
    modified: u128,
    summary: Summary,
}

/// The summary of a file: remembered, or made now and remembered. A folder that can not be written is no hindrance.
pub(crate) fn summary(
    found: &Found,
    look: Look<'_>,
    make: impl FnOnce() -> Result<Summary, Unread>,
) -> Result<Summary, Unread> {
    let Some(folder) = look.cache.filter(|_| found.bytes >= LEAST_BYTES) else { return make() };
    let Some(modified) = modified(&found.path) else { return make() };
    let entry_path = folder.join(file_name(&found.path));
    let remembered = std::fs::read(&entry_path)
        .ok()
        .and_then(|bytes| serde_json::from_slice::<Entry>(&bytes).ok());
    if let Some(entry) = remembered
        && entry.version == VERSION
        && entry.path == found.path
        && entry.bytes == found.bytes
        && entry.modified == modified
        && entry.summary.holds_at(look.limit)
    {
        return Ok(entry.summary);
    }
    let summary = make()?;
    let entry =
        Entry { version: VERSION, path: found.path.clone(), bytes: found.bytes, modified, summary };
    write(folder, &entry_path, &entry);
    Ok(entry.summary)
}

fn modified(path: &Path) -> Option<u128> {
    let modified = std::fs::metadata(path).ok()?.modified().ok()?;
    Some(modified.duration_since(UNIX_EPOCH).ok()?.as_nanos())
}

fn file_name(path: &Path) -> String {
    // Only a name: the entry holds the path itself.
    let mut hasher = std::hash::DefaultHasher::new();
    path.hash(&mut hasher);
    format!("{:016x}.json", hasher.finish())
}

/// Writes an entry whole or not at all.
fn write(folder: &Path, entry_path: &Path, entry: &Entry) {
    let Ok(bytes) = serde_json::to_vec(entry) else { return };
    let part = entry_path.with_extension(format!("{}.part", std::process::id()));
    let written = std::fs::create_dir_all(folder)
        .and_then(|()| std::fs::write(&part, bytes))
        .and_then(|()| std::fs::rename(&part, entry_path));
    if let Err(error) = written {
        tracing::debug!(folder = %folder.display(), %error, "what was learned of a file is not remembered");
    }
}
