//! The tests that paths name, each with its rule.

use std::path::{Path, PathBuf};

use harrier_rules::{
    Loaded, Rule, SourceText, TestFile, find_tests, is_test_file, load, parse_tests, rule_beside,
    tests_beside,
};

use crate::data;
use crate::diagnostics::{self, Source};
use crate::failure::Failure;
use crate::screen;

/// The largest file of tests. **Unit**: bytes.
const MAX_BYTES: u64 = 16 << 20;

/// Tests and what they need.
pub(super) struct Gathered {
    /// Rules with their tests, by the path of the tests.
    pub(super) tests: Vec<(Rule, TestFile)>,
    /// The functions among the rules.
    pub(super) functions: Loaded,
    /// How many files of tests could not be understood; that has been said.
    pub(super) faults: usize,
}

/// Finds tests; an error where there is none at all.
pub(super) fn gather(paths: &[PathBuf], only: Option<&str>) -> Result<Gathered, Failure> {
    if let Some(path) = paths.iter().find(|path| !path.exists()) {
        return Err(data::not_there(path));
    }
    let mut files: Vec<PathBuf> = Vec::new();
    for path in paths {
        if path.is_file() && !is_test_file(path) {
            let beside = tests_beside(path).ok_or_else(|| {
                Failure::user_with(
                    format!("there are no tests beside {}", path.display()),
                    format!("begin with `harrier test --new {}`", path.display()),
                )
            })?;
            files.push(beside);
        } else {
            files.extend(find_tests(path));
        }
    }
    files.sort();
    files.dedup();
    if files.is_empty() {
        return Err(Failure::user_with(
            "there are no tests here",
            "tests of a rule NAME.yaml stand beside it in NAME.test.yaml; `harrier test --new RULE` begins them",
        ));
    }
    let folders: Vec<PathBuf> = paths.iter().filter(|path| path.is_dir()).cloned().collect();
    let mut gathered = Gathered { tests: Vec::new(), functions: load(&folders), faults: 0 };
    for file in files {
        match read(&file, only)? {
            Some((_, tests)) if tests.cases.is_empty() => {}
            Some(pair) => gathered.tests.push(pair),
            None => gathered.faults += 1,
        }
    }
    if gathered.tests.is_empty() && gathered.faults == 0 {
        return Err(Failure::user(format!("no case's name holds `{}`", only.unwrap_or(""))));
    }
    Ok(gathered)
}

/// Reads a file of tests and its rule; none where that has faults, which are told.
fn read(path: &Path, only: Option<&str>) -> Result<Option<(Rule, TestFile)>, Failure> {
    let unreadable = |reason: String| Failure::user(format!("{}: {reason}", path.display()));
    let size = std::fs::metadata(path).map_err(|error| unreadable(error.to_string()))?.len();
    if size > MAX_BYTES {
        return Err(unreadable(String::from("it is too large for a file of tests")));
    }
    let bytes = std::fs::read(path).map_err(|error| unreadable(error.to_string()))?;
    let Some(source) = SourceText::decode(&bytes) else {
        return Err(unreadable(String::from("it is a binary file")));
    };
    let text = source.text.clone();
    let mut tests = match parse_tests(path, source) {
        Ok(tests) => tests,
        Err(faults) => {
            let name = path.to_string_lossy();
            diagnostics::tell(Source { name: &name, text: &text }, &faults);
            return Ok(None);
        }
    };
    if let Some(only) = only {
        tests.cases.retain(|case| case.name.contains(only));
    }
    match rule_of(&tests) {
        Ok(rule) => Ok(Some((rule, tests))),
        Err(reason) => {
            screen::error(&format!("{}: {reason}", path.display()));
            Ok(None)
        }
    }
}

/// The rule that a file of tests is about.
fn rule_of(tests: &TestFile) -> Result<Rule, String> {
    let (path, part) = match &tests.rule {
        Some(named) => {
            let (path, part) = match named.rsplit_once('#') {
                Some((path, part)) => (path, Some(part.to_owned())),
                None => (named.as_str(), None),
            };
            let folder = tests.path.parent().unwrap_or(Path::new("."));
            (folder.join(path), part)
        }
        None => match rule_beside(&tests.path) {
            Some(path) => (path, None),
            None => {
                return Err(String::from("there is no rule of this name beside it: say `rule:`"));
            }
        },
    };
    let loaded = load(std::slice::from_ref(&path));
    let count = loaded.rules.len();
    let mut rules = loaded.rules.into_iter();
    let rule = match &part {
        Some(part) => rules.find(|rule| rule.part.as_ref() == Some(part) || count == 1),
        None => rules.next(),
    };
    rule.ok_or_else(|| format!("{} holds no such rule", path.display()))
}
