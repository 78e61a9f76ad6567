//! A rule: what its file says of it.

use std::path::PathBuf;
use std::sync::Arc;

use kql_syntax::Diagnostic;
use serde::Serialize;

use crate::document::{Document, list, mapping, text};
use crate::duration::Seconds;
use crate::yaml::Node;
use crate::{Offsets, Origin, SourceText};

/// A file as it was found.
#[derive(Clone, Debug, PartialEq)]
pub struct RuleFile {
    /// Where it lies, as it was asked for.
    pub path: PathBuf,
    /// The path below the folder that was asked for, with `/` between its parts; the file's name where it was asked for itself.
    pub relative: String,
    /// Its bytes, unchanged.
    pub bytes: Arc<[u8]>,
    /// Its text.
    pub source: SourceText,
    /// Where it comes from, where that is a repository.
    pub origin: Option<Arc<Origin>>,
}

/// KQL inside a file.
#[derive(Clone, Debug, PartialEq)]
pub struct QueryText {
    /// The query as it is parsed.
    pub text: String,
    /// Where its characters are in the file's text.
    pub offsets: Offsets,
}

/// A rule that can be checked and run.
#[derive(Clone, Debug, PartialEq)]
pub struct Rule {
    /// The file that holds it.
    pub file: Arc<RuleFile>,
    /// How it is meant to be run.
    pub kind: RuleKind,
    /// Its id, in lower case, where it has one.
    pub id: Option<String>,
    /// Its name; the file's where it says none.
    pub name: String,
    /// What it is for; empty where not said.
    pub description: String,
    /// How grave a hit is.
    pub severity: Option<Severity>,
    /// ATT&CK tactics, in the spelling of Sentinel; what is no tactic as it is written.
    pub tactics: Vec<String>,
    /// ATT&CK techniques, in upper case.
    pub techniques: Vec<String>,
    /// The query.
    pub query: QueryText,
    /// When it runs and when it fires, for scheduled rules.
    pub schedule: Option<Schedule>,
    /// Which result columns are entities.
    pub entity_mappings: Vec<EntityMapping>,
    /// Which data it needs, as it says.
    pub connectors: Vec<Connector>,
    /// Its version, where it says one.
    pub version: Option<String>,
    /// What is wrong with its fields, at places of the file.
    pub diagnostics: Vec<Diagnostic>,
    /// Its fields as they are written, with their places; none where the file is a query and nothing else.
    pub(crate) document: Option<Arc<Node>>,
    /// Which of the file's rules it is, where the file holds several: its id, else its number from 1.
    pub part: Option<String>,
}

impl Rule {
    /// All that its file says of it, in the words of the repository's YAML form.
    #[must_use]
    pub fn document(&self) -> Document {
        if let Some(document) = &self.document {
            return Document::new((**document).clone());
        }
        let mut fields = Vec::new();
        fields.extend(self.id.as_ref().map(|id| ("id", text(id))));
        fields.push(("name", text(&self.name)));
        if !self.description.is_empty() {
            fields.push(("description", text(&self.description)));
        }
        fields.extend(self.severity.map(|severity| ("severity", text(severity.name()))));
        let texts = |all: &[String]| list(all.iter().map(text));
        if !self.tactics.is_empty() {
            fields.push(("tactics", texts(&self.tactics)));
        }
        if !self.techniques.is_empty() {
            fields.push(("relevantTechniques", texts(&self.techniques)));
        }
        fields.push(("query", text(&self.query.text)));
        Document::new(mapping(fields))
    }

    /// Its path in messages, with the part of the file where that holds several rules: `export.json#3`.
    #[must_use]
    pub fn label(&self) -> String {
        let path = self.file.path.to_string_lossy();
        match &self.part {
            Some(part) => format!("{path}#{part}"),
            None => path.into_owned(),
        }
    }
}

/// How a rule is meant to be run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum RuleKind {
    /// On a schedule, over a window.
    Scheduled,
    /// Every minute, over what arrived.
    Nrt,
    /// By a person, over all that is there.
    Hunting,
    /// By a person, from an entity that stands in the query as `'<Address>'`.
    Exploration,
    /// A query on its own, without fields.
    Query,
}

impl RuleKind {
    /// Its name, as `check` prints it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Scheduled => "scheduled",
            Self::Nrt => "nrt",
            Self::Hunting => "hunting",
            Self::Exploration => "exploration",
            Self::Query => "query",
        }
    }
}

/// How grave a hit is; ordered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
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

impl Severity {
    /// Its name, as rules write it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Informational => "Informational",
            Self::Low => "Low",
            Self::Medium => "Medium",
            Self::High => "High",
        }
    }

    /// Reads a name, whatever the case of its letters.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let all = [Self::Informational, Self::Low, Self::Medium, Self::High];
        all.into_iter().find(|severity| severity.name().eq_ignore_ascii_case(text.trim()))
    }
}

/// When a scheduled rule runs, and when it fires.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Schedule {
    /// Time between runs.
    pub frequency: Seconds,
    /// How far a run looks back.
    pub period: Seconds,
    /// How the number of result rows is compared.
    pub operator: TriggerOperator,
    /// What it is compared with.
    pub threshold: u64,
}

/// How the number of result rows is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum TriggerOperator {
    /// More rows than the threshold.
    GreaterThan,
    /// Fewer.
    LessThan,
    /// Just as many.
    Equal,
    /// Any other number.
    NotEqual,
}

impl TriggerOperator {
    /// Reads `gt`, `GreaterThan` and the like.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Some(match text.trim().to_ascii_lowercase().as_str() {
            "gt" | "greaterthan" => Self::GreaterThan,
            "lt" | "lessthan" => Self::LessThan,
            "eq" | "equal" => Self::Equal,
            "ne" | "notequal" => Self::NotEqual,
            _ => return None,
        })
    }

    /// Whether a run with so many rows fires.
    #[must_use]
    pub const fn fires(self, rows: u64, threshold: u64) -> bool {
        match self {
            Self::GreaterThan => rows > threshold,
            Self::LessThan => rows < threshold,
            Self::Equal => rows == threshold,
            Self::NotEqual => rows != threshold,
        }
    }
}

/// An entity that a result row names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct EntityMapping {
    /// `Account`, `Host`, `IP`, ...
    pub entity_type: String,
    /// Identifier (`FullName`) and the column that holds it.
    pub fields: Vec<(String, String)>,
}

/// A source of data that a rule needs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Connector {
    /// Its id.
    pub id: String,
    /// Tables, or parsers, or prose.
    pub data_types: Vec<String>,
}
