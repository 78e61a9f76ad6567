//! The files of what is given as data.

use std::path::{Path, PathBuf};

use crate::StoreError;

/// A file that was found.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    /// Where it lies.
    pub(crate) path: PathBuf,
    /// The folders between what was given and the file, the given one first, and the file's name.
    pub(crate) parts: Vec<String>,
    /// Its size. **Unit**: bytes.
    pub(crate) bytes: u64,
    /// Why it is not to be read.
    pub(crate) why_not: Option<WhyNot>,
}

/// Why a file is passed over without a look into it.
#[derive(Clone, Debug)]
pub(crate) enum WhyNot {
    /// Links are not followed: they may lead out of the folder, or to a file that is read already.
    Link,
    /// It belongs to a Delta table, whose log says which of its files count.
    Delta,
    /// The system refuses it.
    Refused(String),
}

/// All files of the given files and folders, in the order of their paths.
pub(crate) fn discover(given: &[PathBuf]) -> Result<Vec<Found>, StoreError> {
    let mut found = Vec::new();
    for root in given {
        let real = root.canonicalize().map_err(|_| StoreError::NotThere(root.clone()))?;
        if real.is_dir() {
            std::fs::read_dir(&real)
                .map_err(|source| StoreError::Folder { path: root.clone(), source })?;
        }
        walk(root, &real, &mut found);
    }
    found.sort_by(|a, b| a.path.cmp(&b.path));
    // One file that is given twice is one file.
    found.dedup_by(|a, b| a.path == b.path);
    Ok(found)
}

fn walk(given: &Path, root: &Path, found: &mut Vec<Found>) {
    let walker = walkdir::WalkDir::new(root).sort_by_file_name().into_iter();
    let mut delta_folders: Vec<PathBuf> = Vec::new();
    for entry in walker.filter_entry(|entry| entry.depth() == 0 || !is_hidden(entry.file_name())) {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                let path = error.path().map_or_else(|| given.to_path_buf(), Path::to_path_buf);
                let why_not = Some(WhyNot::Refused(error.to_string()));
                found.push(Found { parts: parts_of(root, &path), path, bytes: 0, why_not });
                continue;
            }
        };
        if entry.file_type().is_dir() {
            if entry.path().join("_delta_log").is_dir() {
                delta_folders.push(entry.path().to_path_buf());
            }
            continue;
        }
        let why_not = if entry.file_type().is_symlink() {
            Some(WhyNot::Link)
        } else if delta_folders.iter().any(|folder| entry.path().starts_with(folder)) {
            Some(WhyNot::Delta)
        } else {
            None
        };
        found.push(Found {
            path: entry.path().to_path_buf(),
            parts: parts_of(root, entry.path()),
            bytes: entry.metadata().map_or(0, |metadata| metadata.len()),
            why_not,
        });
    }
}

/// `.git`, `.DS_Store`, `_SUCCESS`, `_delta_log`: no one's logs.
fn is_hidden(name: &std::ffi::OsStr) -> bool {
    let name = name.as_encoded_bytes();
    name.starts_with(b".") || matches!(name, b"_SUCCESS" | b"_delta_log" | b"_temporary")
}

/// The names from the given folder down to the file; only the file's own where a file was given.
fn parts_of(root: &Path, path: &Path) -> Vec<String> {
    let from =
        if root.is_dir() { root.parent().unwrap_or(root) } else { path.parent().unwrap_or(path) };
    let relative = path.strip_prefix(from).unwrap_or(path);
    relative.iter().map(|part| part.to_string_lossy().into_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_are_walked_and_links_are_not_followed() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("logs");
        std::fs::create_dir_all(root.join("SigninLogs/2025")).unwrap();
        std::fs::create_dir_all(root.join(".git")).unwrap();
        std::fs::create_dir_all(root.join("lake/_delta_log")).unwrap();
        for file in
            ["SigninLogs/2025/a.json", ".git/config", "b.csv", "lake/part.parquet", "../out.json"]
        {
            std::fs::write(root.join(file), "").unwrap();
        }
        #[cfg(unix)]
        std::os::unix::fs::symlink(root.join("../out.json"), root.join("link.json")).unwrap();
        let found = discover(&[root.clone(), root.join("b.csv")]).unwrap();
        let parts: Vec<_> =
            found.iter().map(|file| (file.parts.join("/"), file.why_not.is_none())).collect();
        let expected = [
            ("logs/SigninLogs/2025/a.json", true),
            ("logs/b.csv", true),
            ("logs/lake/part.parquet", false),
            ("logs/link.json", false),
        ];
        assert_eq!(parts, expected.map(|(path, is_read)| (path.to_owned(), is_read)));
        assert!(matches!(discover(&[root.join("no")]), Err(StoreError::NotThere(_))));
    }
}
