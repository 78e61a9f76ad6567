//! Whole pages of bundled rules, as markdown. `UPDATE=1` writes them anew; they are reviewed, never edited.

use std::path::PathBuf;

use harrier_rules::page::markdown;

use super::{bundled, read};

#[test]
fn pages_of_bundled_rules_are_as_reviewed() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/pages");
    let rules = bundled();
    let update = std::env::var_os("UPDATE").is_some();
    let mut differing = Vec::new();
    for page in read(rules.path()) {
        let name = page.path.replace(['/', '\\'], "-").replace(".yaml", ".md");
        let path = folder.join(&name);
        let text = markdown(&page);
        let text = text.replace("\r\n", "\n");
        if update {
            std::fs::create_dir_all(&folder).unwrap();
            std::fs::write(&path, &text).unwrap();
        } else if std::fs::read_to_string(&path).ok().as_deref() != Some(text.as_str()) {
            differing.push(name);
        }
    }
    assert!(differing.is_empty(), "UPDATE=1 writes what is to be reviewed: {differing:?}");
}
