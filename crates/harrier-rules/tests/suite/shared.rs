//! The shared folder, where it is there.

use std::path::PathBuf;

/// The folder of shared cases; none where it is not on this machine.
pub(crate) fn folder() -> Option<PathBuf> {
    let given = std::env::var_os("HARRIER_SHARED").map(PathBuf::from);
    let beside = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    let folder = given.unwrap_or(beside);
    if folder.join("corpus").is_dir() {
        return folder.canonicalize().ok();
    }
    println!("skipped: no shared folder");
    None
}
