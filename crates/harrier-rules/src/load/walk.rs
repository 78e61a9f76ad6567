//! Which files a path names: itself, all below a folder, what a glob matches.

use std::path::{Path, PathBuf};

use globset::Glob;
use walkdir::WalkDir;

use super::{Found, LoadError, Loaded, NotARule};

/// How deep folders may stand in one another.
const MAX_DEPTH: usize = 64;

/// The files that a path names. What can not be looked at, and links, go to `loaded`.
pub(super) fn files_of(path: &Path, loaded: &mut Loaded) -> Vec<Found> {
    if path.is_file() {
        let relative = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        return vec![Found { path: path.to_owned(), relative }];
    }
    if path.is_dir() {
        return walk(path, loaded);
    }
    let text = path.to_string_lossy();
    if !text.contains(['*', '?', '[', '{']) {
        loaded.errors.push(unreadable(path, String::from("there is no such file or folder")));
        return Vec::new();
    }
    matching(path, loaded)
}

/// The files that a glob names.
fn matching(path: &Path, loaded: &mut Loaded) -> Vec<Found> {
    let matcher = match Glob::new(&path.to_string_lossy()) {
        Ok(glob) => glob.compile_matcher(),
        Err(error) => {
            loaded.errors.push(unreadable(path, format!("this is no glob: {error}")));
            return Vec::new();
        }
    };
    let is_pattern = |part: &std::path::Component<'_>| {
        part.as_os_str().to_string_lossy().contains(['*', '?', '[', '{'])
    };
    let root: PathBuf = path.components().take_while(|part| !is_pattern(part)).collect();
    // A relative glob is matched against paths as they are walked, which begin with "./".
    let is_bare = root.as_os_str().is_empty();
    let start = if is_bare { Path::new(".") } else { &root };
    let mut walked = Loaded::default();
    let mut found = walk(start, &mut walked);
    found.retain(|found| {
        let whole = if is_bare { Path::new(&found.relative) } else { &found.path };
        matcher.is_match(whole)
    });
    loaded.errors.append(&mut walked.errors);
    if found.is_empty() {
        loaded.errors.push(unreadable(path, String::from("no file matches")));
    }
    found
}

/// All files below a folder, in the order of their paths; what is hidden (`.git`) left out.
fn walk(root: &Path, loaded: &mut Loaded) -> Vec<Found> {
    let is_shown = |entry: &walkdir::DirEntry| {
        entry.depth() == 0 || !entry.file_name().to_string_lossy().starts_with('.')
    };
    let walker = WalkDir::new(root).max_depth(MAX_DEPTH).sort_by_file_name();
    let mut found = Vec::new();
    for entry in walker.into_iter().filter_entry(is_shown) {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                let path = error.path().unwrap_or(root).to_owned();
                loaded.errors.push(unreadable(&path, error.to_string()));
                continue;
            }
        };
        let kind = entry.file_type();
        if kind.is_dir() {
            continue;
        }
        let path = entry.into_path();
        let below = path.strip_prefix(root).unwrap_or(&path);
        let relative = below.to_string_lossy().replace('\\', "/");
        if kind.is_file() {
            found.push(Found { path, relative });
        } else {
            // A link may lead anywhere: out of the folder, into a ring, to a device.
            let what =
                if kind.is_symlink() { "a link, which is not followed" } else { "no plain file" };
            loaded.others.push(NotARule { path, relative, reason: what.to_owned() });
        }
    }
    found
}

fn unreadable(path: &Path, reason: String) -> LoadError {
    let relative = path.to_string_lossy().into_owned();
    LoadError::Unreadable { path: path.to_owned(), relative, reason }
}
