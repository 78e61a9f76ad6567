//! Lints: their own examples, the cases found in real rules, and counts over the corpus.

mod cases;
mod corpus;
mod pages;

use std::path::PathBuf;

use harrier_rules::{Beside, Rule, RuleSet, Seen, SeenValues, check_and_lint, load};
use kql_semantics::catalog::Catalog;
use kql_syntax::{Diagnostic, Severity};

use crate::tables::Tables;

/// A finding as a test looks at it.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    pub(crate) code: &'static str,
    pub(crate) level: Severity,
    pub(crate) line: u32,
    /// The marked text.
    pub(crate) marked: String,
    pub(crate) message: String,
    pub(crate) edits: usize,
}

pub(crate) fn found(rule: &Rule, finding: &Diagnostic) -> Found {
    let source = &rule.file.source;
    Found {
        code: finding.code.0,
        level: finding.severity,
        line: source.place(finding.span().start).line,
        marked: finding.span().text(&source.text).to_owned(),
        message: finding.message.clone(),
        edits: finding.edits.len(),
    }
}

/// What the files of rules are called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Names {
    Same,
    Different,
}

/// Rules written in a test: their texts, each in a file of its own.
pub(crate) fn rules(texts: &[&str], names: Names) -> (tempfile::TempDir, Vec<Rule>) {
    let folder = tempfile::tempdir().unwrap();
    let mut paths: Vec<PathBuf> = Vec::new();
    for (place, text) in texts.iter().enumerate() {
        let is_yaml = text.starts_with("id:");
        let ending = if is_yaml { "yaml" } else { "kql" };
        let name = match names {
            Names::Same => format!("rule.{ending}"),
            Names::Different => format!("rule{place}.{ending}"),
        };
        let inner = folder.path().join(place.to_string());
        std::fs::create_dir(&inner).unwrap();
        let path = inner.join(name);
        std::fs::write(&path, text).unwrap();
        paths.push(path);
    }
    let mut rules = Vec::new();
    for path in &paths {
        let loaded = load(std::slice::from_ref(path));
        assert!(loaded.errors.is_empty(), "{:?}", loaded.errors);
        rules.extend(loaded.rules);
    }
    (folder, rules)
}

/// What lints find in a rule written in a test.
pub(crate) fn lint_text(text: &str) -> Vec<Found> {
    let (_folder, rules) = rules(&[text], Names::Different);
    lint_rule(&rules[0], &Tables::new(), Beside::default())
}

pub(crate) fn lint_rule(rule: &Rule, catalog: &dyn Catalog, beside: Beside<'_>) -> Vec<Found> {
    let checked = check_and_lint(rule, catalog, beside);
    checked.findings.iter().map(|finding| found(rule, finding)).collect()
}

/// Codes found, in the order of the file.
pub(crate) fn codes(found: &[Found]) -> Vec<&'static str> {
    found.iter().map(|one| one.code).collect()
}

/// Data in which sign-ins and cloud events were seen, and nothing else.
pub(crate) struct SomeData;

impl Seen for SomeData {
    fn rows(&self, table: &str) -> Option<u64> {
        matches!(table, "SigninLogs" | "CloudAppEvents").then_some(1000)
    }

    fn values(&self, table: &str, path: &str) -> Option<SeenValues> {
        let values: &[&str] = match (table, path) {
            ("CloudAppEvents", "ActionType") => {
                &["MailItemsAccessed", "Update application – Certificates and secrets management "]
            }
            ("SigninLogs", "ResultType") => &["0", "50126"],
            ("SigninLogs", "AppDisplayName") => &[""],
            _ => return None,
        };
        let values = values.iter().map(|value| (*value).to_owned()).collect();
        Some(SeenValues { values, is_whole: true })
    }

    fn keys(&self, table: &str, column: &str, path: &[&str]) -> Option<SeenValues> {
        let is_it = (table, column, path) == ("CloudAppEvents", "RawEventData", &[]);
        let values = ["Operation", "ExtendedProperties", "Target"].map(str::to_owned).to_vec();
        is_it.then_some(SeenValues { values, is_whole: true })
    }
}

/// A set of all rules but the first, and it.
pub(crate) fn beside_of(rules: &[Rule]) -> RuleSet {
    RuleSet::new(rules, &[])
}
