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

/// A text of a JSON object.
pub(crate) fn text<'j>(json: &'j Json, key: &str) -> &'j str {
    json[key].as_str().unwrap_or("")
}

/// Counts what agrees, and shows the first things that do not.
pub(crate) struct Tally {
    name: &'static str,
    passed: usize,
    failed: Vec<String>,
}

impl Tally {
    pub(crate) fn new(name: &'static str) -> Self {
        Self { name, passed: 0, failed: Vec::new() }
    }

    pub(crate) fn count(&mut self, id: &str, outcome: Result<(), String>) {
        match outcome {
            Ok(()) => self.passed += 1,
            Err(why) => self.failed.push(format!("{id}: {why}")),
        }
    }

    /// Prints the tally; fails where less than this share passed.
    pub(crate) fn finish(self, least: f64) {
        let show = std::env::var("SHOW").ok().and_then(|show| show.parse().ok()).unwrap_or(20);
        for failure in self.failed.iter().take(show) {
            println!("{failure}");
        }
        let total = self.passed + self.failed.len();
        let share = 100.0 * self.passed as f64 / total.max(1) as f64;
        println!("{}: {} of {total} agree, {share:.2} %", self.name, self.passed);
        assert!(share >= least, "{}: {share:.2} % is less than {least} %", self.name);
    }
}
