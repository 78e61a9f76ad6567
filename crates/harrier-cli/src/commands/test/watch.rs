//! `harrier test --watch`: again whenever something changes.

use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use super::TestArguments;
use crate::arguments::Limits;
use crate::failure::{Exit, Failure};
use crate::{running, screen};

/// Between two looks at the files.
const PAUSE: Duration = Duration::from_millis(400);
/// More files are not looked at.
const MAX_FILES: usize = 50_000;

pub(super) fn run(arguments: &TestArguments, limits: Limits) -> Result<Exit, Failure> {
    let runtime = running::runtime(limits)?;
    loop {
        let seen = files(arguments);
        match super::once(arguments, limits) {
            Ok(_) => {}
            Err(Failure::Interrupted) => return Ok(Exit::Clean),
            // What is wrong now may be right in a moment.
            Err(failure) => {
                failure.tell();
            }
        }
        screen::note("waiting for changes; Ctrl-C ends");
        let changed = async {
            while files(arguments) == seen {
                tokio::time::sleep(PAUSE).await;
            }
        };
        match running::until_interrupted(&runtime, changed) {
            Ok(()) => screen::say(""),
            Err(Failure::Interrupted) => return Ok(Exit::Clean),
            Err(failure) => return Err(failure),
        }
    }
}

/// All files at hand, with when each changed last and how large it is.
fn files(arguments: &TestArguments) -> Vec<(PathBuf, Option<SystemTime>, u64)> {
    let mut found = Vec::new();
    for path in arguments.rules.iter().chain(&arguments.functions) {
        // Tests stand beside their rules.
        let folder = if path.is_dir() { Some(path.as_path()) } else { path.parent() };
        walk(
            folder.filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new(".")),
            0,
            &mut found,
        );
    }
    found.sort();
    found
}

fn walk(folder: &Path, depth: usize, found: &mut Vec<(PathBuf, Option<SystemTime>, u64)>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        if found.len() >= MAX_FILES || depth > 32 {
            return;
        }
        let is_hidden = entry.file_name().to_string_lossy().starts_with('.');
        let Ok(kind) = entry.file_type() else { continue };
        if kind.is_dir() && !is_hidden {
            walk(&entry.path(), depth + 1, found);
        } else if let Ok(metadata) = entry.metadata()
            && kind.is_file()
            && !is_hidden
        {
            found.push((entry.path(), metadata.modified().ok(), metadata.len()));
        }
    }
}
