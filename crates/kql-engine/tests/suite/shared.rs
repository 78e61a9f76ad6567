//! The shared folder, where it is there.

use std::path::PathBuf;

use serde_json::Value as Json;

/// The folder of shared cases; none where it is not on this machine.
pub(crate) fn folder() -> Option<PathBuf> {
    let given = std::env::var_os("HARRIER_SHARED").map(PathBuf::from);
    let beside = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    let folder = given.unwrap_or(beside);
    if folder.join("conformance").is_dir() {
        return Some(folder);
    }
    println!("skipped: no shared folder");
    None
}

/// The cases of a file of JSON lines.
pub(crate) fn lines(path: &std::path::Path) -> Vec<Json> {
    let text = std::fs::read_to_string(path).expect("a shared file can be read");
    text.lines().map(|line| serde_json::from_str(line).expect("a line is JSON")).collect()
}
