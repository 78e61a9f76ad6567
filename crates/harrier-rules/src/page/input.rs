//! What a page is made from, beside the rule.

use std::collections::BTreeMap;

use kql_semantics::catalog::Catalog;
use kql_syntax::Diagnostic;
use serde::Serialize;

use crate::Rule;

/// What a page is made from. Nothing is asked of the clock, the disk or the network.
pub struct PageInput<'a> {
    /// The rule.
    pub rule: &'a Rule,
    /// Known tables and functions.
    pub catalog: &'a dyn Catalog,
    /// What is wrong with the rule, at places of its file.
    pub findings: &'a [Diagnostic],
    /// Versions of its file, the newest first, where its history is known. Where the file is from it says itself.
    pub history: &'a [Version],
    /// What data of this installation shows, where there is some.
    pub observed: Option<&'a Observed>,
    /// What tests and backtests of this installation found, where some were run.
    pub record: Option<&'a Record>,
    /// Other rules that are like it.
    pub similar: &'a [Similar],
}

/// A version of a rule's file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Version {
    /// The commit.
    pub commit: String,
    /// When it was committed, as `2026-11-24T18:00:00Z`.
    pub time: String,
    /// The first line of its message.
    pub subject: String,
    /// What changed in meaning: tables, literals, window, schedule, mapping. Empty where only text did, or nothing is known.
    pub changes: Vec<String>,
}

/// What data shows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Observed {
    /// Which state of the data: the time of its newest row.
    pub snapshot: String,
    /// What is known of each table that has rows.
    pub tables: BTreeMap<String, ObservedTable>,
    /// What was looked for: table, column and literal, and how many rows hold it.
    pub literals: BTreeMap<(String, String, String), u64>,
}

/// What data shows of a table.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ObservedTable {
    /// How many rows it has.
    pub rows: u64,
    /// The newest of them.
    pub newest: Option<String>,
    /// The share of rows, from 0 to 1, in which a column is not empty.
    pub filled: BTreeMap<String, f64>,
}

/// What tests and backtests found.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Record {
    /// Tests beside the rule that passed, and all of them.
    pub tests_passed: u32,
    /// All tests.
    pub tests: u32,
    /// Whether a test expects hits and another none.
    pub tests_both_ways: bool,
    /// How many days were replayed.
    pub days: f64,
    /// Runs of the rule over them.
    pub runs: u64,
    /// Hits in them.
    pub hits: u64,
    /// The last of these.
    pub last_hit: Option<String>,
}

/// Another rule that is like it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Similar {
    /// Its name.
    pub name: String,
    /// Its path.
    pub path: String,
    /// What both have in common: `the same query`, `the same tables and literals`, ...
    pub common: String,
    /// Where its page is, below this page's folder; nothing where there is none.
    pub link: Option<String>,
}
