//! Tests of rules: `NAME.test.yaml` beside a rule, with events and what must come of them.

mod expand;
mod read;
pub(crate) mod skeleton;

use std::path::{Path, PathBuf};

use kql_syntax::Diagnostic;

use crate::SourceText;
use crate::load::form::is_test;

/// A file of tests.
#[derive(Clone, Debug)]
pub struct TestFile {
    /// Where it lies.
    pub path: PathBuf,
    /// Its text.
    pub source: SourceText,
    /// The file of the rule that it tests, as it says: relative to its own folder, with `#` and a part where the file holds
    /// several rules. None where it stands beside the rule under its name.
    pub rule: Option<String>,
    /// The cases, parameters filled in.
    pub cases: Vec<TestCase>,
}

/// One run of a rule over events.
#[derive(Clone, Debug, PartialEq)]
pub struct TestCase {
    /// What it is called.
    pub name: String,
    /// Its line in the file, from 1.
    pub line: u32,
    /// What `now()` is. **Unit**: ticks. **Default**: the newest event.
    pub as_of: Option<i64>,
    /// The events of each table.
    pub tables: Vec<(String, Vec<Events>)>,
    /// What must come out.
    pub expect: Expect,
}

/// Events of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Events {
    /// As NDJSON.
    Lines(String),
    /// In a file, relative to the test's folder.
    File(String),
}

/// What must come out. Everything that is said must hold.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Expect {
    /// How many rows.
    pub count: Option<u64>,
    /// The rows, all of them, in any order: each a JSON object of some of its columns.
    pub rows: Option<Vec<String>>,
    /// Rows that must be among them.
    pub includes: Vec<String>,
    /// Entities that the rows must name.
    pub entities: Vec<ExpectedEntity>,
    /// Whether the rule raises an alert: its threshold is passed.
    pub alert: Option<bool>,
}

/// An entity that rows must name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExpectedEntity {
    /// `Account`, `Host`, ...
    pub kind: String,
    /// `FullName`, `Address`, ...; any where it is not said.
    pub identifier: Option<String>,
    /// Its value.
    pub value: String,
}

/// Reads a file of tests.
///
/// # Errors
/// All that is wrong with it, at places of the text: what is not understood would pass unseen.
pub fn parse_tests(path: &Path, source: SourceText) -> Result<TestFile, Vec<Diagnostic>> {
    read::file(path, source)
}

/// The file of tests beside a rule's file, where there is one.
#[must_use]
pub fn tests_beside(rule: &Path) -> Option<PathBuf> {
    let stem = rule.file_stem()?.to_string_lossy().into_owned();
    let named = |ending: &str| rule.with_file_name(format!("{stem}.test.{ending}"));
    ["yaml", "yml"].map(named).into_iter().find(|path| path.is_file())
}

/// The rule's file that a file of tests stands beside, where there is one.
#[must_use]
pub fn rule_beside(tests: &Path) -> Option<PathBuf> {
    let name = tests.file_name()?.to_string_lossy().into_owned();
    let stem = name.get(..name.to_ascii_lowercase().rfind(".test.")?)?;
    let named = |ending: &str| tests.with_file_name(format!("{stem}.{ending}"));
    ["yaml", "yml", "kql", "json", "md", "txt", "csl"]
        .map(named)
        .into_iter()
        .find(|path| path.is_file())
}

/// The files of tests that a path names: itself, or all below a folder, by path. Links are not followed.
#[must_use]
pub fn find_tests(path: &Path) -> Vec<PathBuf> {
    if path.is_file() {
        return if is_test_file(path) { vec![path.to_owned()] } else { Vec::new() };
    }
    let is_shown = |entry: &walkdir::DirEntry| {
        entry.depth() == 0 || !entry.file_name().to_string_lossy().starts_with('.')
    };
    let walker = walkdir::WalkDir::new(path).max_depth(64).sort_by_file_name();
    let files = walker.into_iter().filter_entry(is_shown).flatten();
    let files = files.filter(|entry| entry.file_type().is_file()).map(walkdir::DirEntry::into_path);
    files.filter(|path| is_test_file(path)).collect()
}

/// Whether a path names a file of tests.
#[must_use]
pub fn is_test_file(path: &Path) -> bool {
    path.file_name().is_some_and(|name| is_test(&name.to_string_lossy()))
}
