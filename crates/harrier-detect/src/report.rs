//! What a hunt says: plain values that the terminal, the HTML page, JSON and tests read alike.

mod instant;

use serde::{Deserialize, Serialize};

pub use instant::Instant;

/// Everything that a hunt has to say. `outcomes` has one entry a file, in the order of the files' paths.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct HuntReport {
    /// The data that was hunted in.
    pub data: DataSeen,
    /// What became of each file among the rules.
    pub outcomes: Vec<RuleOutcome>,
    /// Whether it was stopped before every rule had run; the rules left over have no outcome.
    pub was_interrupted: bool,
    /// **Unit**: milliseconds, wall clock.
    pub elapsed_ms: u64,
}

/// The data that was hunted in.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct DataSeen {
    /// The folders and files, as they were asked for.
    pub paths: Vec<String>,
    /// Tables that have rows, by name.
    pub tables: Vec<TableSeen>,
    /// Files of which not everything could be read.
    pub problems: Vec<FileProblem>,
    /// The first event that is not in the future; none where no table has a time.
    pub first: Option<Instant>,
    /// The last one.
    pub last: Option<Instant>,
}

/// A table that has rows.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct TableSeen {
    /// Its name.
    pub name: String,
    /// How many rows it has.
    pub rows: u64,
    /// How many files hold them.
    pub files: u64,
    /// The column that says when; none where the table is without time.
    pub time_column: Option<String>,
    /// The first event.
    pub first: Option<Instant>,
    /// The last event that is not in the future.
    pub last: Option<Instant>,
    /// Rows whose time is in the future or missing.
    pub future_rows: u64,
}

/// A file of which not everything could be read.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct FileProblem {
    /// The file.
    pub path: String,
    /// The first line or row concerned, from 1; none where it is the whole file.
    pub line: Option<u64>,
    /// How many rows were set aside; 0 where the whole file was not read.
    pub rows: u64,
    /// Why.
    pub reason: String,
}

/// What became of one file among the rules.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RuleOutcome {
    /// The file.
    pub path: String,
    /// The rule in it; none where it holds no rule.
    pub rule: Option<RuleFacts>,
    /// What became of it.
    pub outcome: Outcome,
    /// Warnings of its query and its fields, which did not keep it from running.
    pub warnings: Vec<Problem>,
    /// **Unit**: milliseconds, wall clock.
    pub elapsed_ms: u64,
}

/// What a rule says of itself.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct RuleFacts {
    /// Its id, where it has one.
    pub id: Option<String>,
    /// Its name; the file's where it says none.
    pub name: String,
    /// `scheduled`, `nrt`, `hunting`, `exploration`, `query`.
    pub kind: String,
    /// How grave a hit is; none where it does not say.
    pub severity: Option<Severity>,
    /// ATT&CK tactics in the spelling of Sentinel (`InitialAccess`).
    pub tactics: Vec<String>,
    /// ATT&CK techniques (`T1098.001`), in upper case.
    pub techniques: Vec<String>,
    /// What it is for; empty where it does not say.
    pub description: String,
    /// Tables that its query reads.
    pub tables: Vec<String>,
    /// Its query.
    pub query: String,
}

/// How grave a hit is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Severity {
    /// Nothing to act on.
    Informational,
    /// Low.
    Low,
    /// Medium.
    Medium,
    /// High.
    High,
}

/// The six things that can become of a file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum Outcome {
    /// It found something.
    Hits(Hits),
    /// It ran, and found nothing.
    NothingFound {
        /// What it looked at.
        seen: Seen,
    },
    /// Tables it needs have no rows.
    NoData {
        /// Which.
        tables: Vec<String>,
    },
    /// Its query is wrong, or says what can not be run here.
    CannotRun {
        /// Why, the gravest first. Never empty.
        problems: Vec<Problem>,
    },
    /// Time, memory or the disk gave out.
    Failed {
        /// What happened.
        message: String,
        /// What to do about it.
        help: String,
    },
    /// The file holds no rule to run.
    NotARule {
        /// What it is: a function that is now loaded, a template, a file of another kind.
        reason: String,
    },
}

/// What a rule looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Seen {
    /// How often it ran, each time with another `now()`.
    pub runs: u64,
    /// `now()` of the first run.
    pub from: Option<Instant>,
    /// `now()` of the last run.
    pub to: Option<Instant>,
    /// Between two runs. **Unit**: ticks. None where it ran once.
    pub step: Option<i64>,
    /// The share of the rows of its tables that lay in some run's window. **Unit**: 0 to 1. None where not known.
    pub share: Option<f64>,
}

/// What a rule found.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Hits {
    /// What it looked at.
    pub seen: Seen,
    /// How many different rows it found; `rows` may hold fewer.
    pub count: u64,
    /// The first hit.
    pub first: Option<Instant>,
    /// The last hit.
    pub last: Option<Instant>,
    /// Who and what the rows name, by the rule's entity mappings; most frequent first.
    pub entities: Vec<Entity>,
    /// The columns of `rows`.
    pub columns: Vec<Column>,
    /// The rows found, in the order of their times.
    pub rows: Vec<HitRow>,
}

/// A column of the rows that were found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// Its type, as Kusto calls it.
    #[serde(rename = "type")]
    pub ty: String,
}

/// A row that was found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HitRow {
    /// When it happened: the row's own time where it has one, else `now()` of the run that found it.
    pub time: Option<Instant>,
    /// A value for each column, spelt as Kusto's REST interface spells it.
    pub values: Vec<serde_json::Value>,
}

/// Somebody or something that rows name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entity {
    /// `Account`, `Host`, `IP`, ...
    pub kind: String,
    /// What of it the value is: `FullName`, `Address`, ...
    pub identifier: String,
    /// The value.
    pub value: String,
    /// In how many rows.
    pub rows: u64,
}

/// Something wrong with a rule, at its place in the rule's own file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// Our code, in words (`unknown-column`).
    pub code: String,
    /// Kusto's own code for it (`KS142`), where it has one.
    pub kusto: Option<String>,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
    /// Where in the file; none where it has no place.
    pub place: Option<Place>,
}

/// A place in a file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// From 1.
    pub line: u64,
    /// From 1. **Unit**: characters.
    pub column: u64,
    /// How many characters of the line are meant; at least 1.
    pub length: u64,
    /// The line as it stands in the file, cut where it is very long.
    pub text: String,
    /// A few words under the marked part; may be empty.
    pub label: String,
}
