//! The page of a rule: what it means, what it needs, what it covers, what is wrong with it, and what shows each of that.
//!
//! One model, [`Page`]: eighteen fields, one file each. The same rule, schemas and facts give the same bytes. JSON is the
//! model itself; the other renderings ([`markdown`], [`terminal`], [`html`]) are made from its [`Section`]s.

mod attack;
mod badges;
mod confidence;
mod data_sources;
mod definition;
mod document;
mod false_positives;
mod field;
mod findings;
mod history;
mod hypothesis;
mod input;
mod links;
mod notice;
mod query;
mod reading;
mod record;
mod references;
mod render;
mod similar;
mod source;
mod title;
mod tuning;
mod words;

use std::collections::BTreeSet;

use kql_semantics::bound::BoundResult;
use kql_semantics::{BindOptions, bind};
use kql_syntax::tree::Query;
use kql_syntax::{Diagnostic, Span, TokenKind, lex};
use serde::Serialize;
use sha2::{Digest, Sha256};

pub use attack::{AttackContext, Suggestion, TacticLine, TechniqueLine};
pub use badges::Badge;
pub use confidence::{Confidence, Term, Verdict};
pub use data_sources::{DataSource, DataSources, Here, OtherData};
pub use definition::{Definition, Proposed};
pub use document::{Block, CodeMark, Line, Piece, Section};
pub use false_positives::Advice;
pub use field::{Evidence, Field, Label};
pub use findings::Finding;
pub use input::{Observed, ObservedTable, PageInput, Record, Similar, Version};
pub use links::Link;
pub use query::QueryField;
pub use references::Reference;
pub use render::{escaped, highlighted, html, markdown, terminal};
pub use similar::compare;
pub use source::SourceFile;
pub use title::Title;
pub use tuning::TuningPoint;

use crate::facts::Facts;
use crate::facts::time::NOW;
use crate::{Origin, Rule, RuleKind, attack as mitre};
use field::Places;
use reading::Reading;

/// The page of a rule.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Page {
    /// What it is called by: the rule's id, else the hash of its file.
    pub id: String,
    /// Where the rule's file lies, below the folder that was asked for.
    pub path: String,
    /// 1. The title.
    pub title: Field<Title>,
    /// 2. Short facts.
    pub badges: Vec<Field<Badge>>,
    /// 3. What to know before trusting it.
    pub notice: Field<String>,
    /// 4. Where it is from.
    pub links: Vec<Field<Link>>,
    /// 5. How far it can be relied on.
    pub confidence: Field<Confidence>,
    /// 6. What it supposes.
    pub hypothesis: Vec<Field<String>>,
    /// 7. The query.
    pub query: Field<QueryField>,
    /// 8. How it runs.
    pub definition: Field<Definition>,
    /// 9. Which data it needs.
    pub data_sources: Field<DataSources>,
    /// 10. Where it stands in ATT&CK.
    pub attack: Field<AttackContext>,
    /// 11. What it refers to.
    pub references: Vec<Field<Reference>>,
    /// 12. What makes it fire without an attack.
    pub false_positives: Vec<Field<Advice>>,
    /// 13. What may be changed.
    pub tuning: Vec<Field<TuningPoint>>,
    /// 14. What is wrong with it.
    pub findings: Vec<Field<Finding>>,
    /// 15. What tests and replays found.
    pub record: Option<Field<Record>>,
    /// 16. Rules that are like it.
    pub similar: Vec<Field<Similar>>,
    /// 17. Versions of its file.
    pub history: Vec<Field<Version>>,
    /// 18. Its file.
    pub source: Field<SourceFile>,
}

/// What the fields are read from.
pub(crate) struct Context<'a> {
    rule: &'a Rule,
    input: &'a PageInput<'a>,
    reading: &'a Reading<'a>,
    tree: &'a Query,
    places: Places<'a>,
    hash: String,
    parse_ok: bool,
    bind_errors: usize,
    /// Name and type of the result's columns; none where the query has errors.
    columns: Vec<(String, String)>,
    is_open: bool,
    /// Stored functions that the query names.
    functions: BTreeSet<String>,
}

impl Page {
    /// Reads a rule. Nothing is asked of the clock, the disk or the network: the same input gives the same page.
    #[must_use]
    pub fn of(input: &PageInput<'_>) -> Self {
        let rule = input.rule;
        let text = rule.query.text.as_str();
        let parsed = kql_syntax::parse(text);
        let options = BindOptions { now: NOW, ..BindOptions::default() };
        let bound = bind(&parsed.tree, input.catalog, &options);
        let facts = Facts::new(text, &parsed.tree, &bound.query, input.catalog);
        let reading = Reading::of(&facts);
        let parse_ok = !parsed.diagnostics.iter().any(Diagnostic::is_error);
        let bind_errors = bound.diagnostics.iter().filter(|one| one.is_error()).count();
        let (columns, is_open) = match bound.query.results.last() {
            Some(BoundResult::Table { rowset, .. }) if parse_ok && bind_errors == 0 => {
                let column = |column: &kql_semantics::bound::Column| {
                    (column.name.to_string(), column.ty.name().to_owned())
                };
                (rowset.columns.iter().map(column).collect(), rowset.is_open)
            }
            _ => (Vec::new(), false),
        };
        let context = Context {
            rule,
            input,
            reading: &reading,
            tree: &parsed.tree,
            places: Places::new(text),
            hash: sha256(&rule.file.bytes),
            parse_ok,
            bind_errors,
            columns,
            is_open,
            functions: functions(text, input),
        };
        context.page()
    }

    /// A hash of the query's words: the same for queries that differ in layout and comments only.
    #[must_use]
    pub fn query_hash(&self) -> String {
        let words = similar::query_key(self).unwrap_or_else(|| self.query.value.text.clone());
        sha256(words.as_bytes()).get(..16).unwrap_or("").to_owned()
    }

    /// A hash of the file's path, which tells this page from others of its name.
    #[must_use]
    pub fn path_hash(&self) -> String {
        let repository = self.badges.iter().find(|badge| badge.value.about == "repository");
        let repository = repository.map_or("", |badge| badge.value.text.as_str());
        sha256(format!("{repository}/{}", self.path).as_bytes()).get(..8).unwrap_or("").to_owned()
    }

    /// The page as blocks of text, in order.
    #[must_use]
    pub fn sections(&self) -> Vec<Section> {
        let section = |id, title, blocks| Section { id, title, blocks };
        let mut head = title::blocks(&self.title);
        head.extend(badges::blocks(&self.badges));
        let is_yaml = self.path.to_lowercase().ends_with(".yaml")
            || self.path.to_lowercase().ends_with(".yml");
        let mut sections = vec![
            section("top", "", head),
            section("hypothesis", "Hypothesis", hypothesis::blocks(&self.hypothesis)),
            section("findings", "Findings", findings::blocks(&self.findings)),
            section("query", "Query", query::blocks(&self.query)),
            section("data", "Data it needs", data_sources::blocks(&self.data_sources)),
            section("attack", "ATT&CK", attack::blocks(&self.attack)),
            section(
                "false-positives",
                "Hits without an attack",
                false_positives::blocks(&self.false_positives),
            ),
            section("tuning", "What may be changed", tuning::blocks(&self.tuning)),
            section("confidence", "Confidence", confidence::blocks(&self.confidence)),
            section("definition", "How it runs", definition::blocks(&self.definition)),
            section("record", "Record", record::blocks(self.record.as_ref())),
            section("references", "References", references::blocks(&self.references)),
            section("similar", "Similar rules", similar::blocks(&self.similar)),
            section("history", "History", history::blocks(&self.history)),
            section("links", "Where it is from", links::blocks(&self.links)),
            section("source", "Original source", source::blocks(&self.source, is_yaml)),
        ];
        if let Some(last) = sections.first_mut() {
            last.blocks.extend(notice::blocks(&self.notice));
        }
        sections
    }
}

impl<'a> Context<'a> {
    fn page(&self) -> Page {
        let rule = self.rule;
        let id = rule.id.clone().unwrap_or_else(|| self.hash.get(..16).unwrap_or("").to_owned());
        Page {
            id,
            path: self.path(),
            title: title::read(self),
            badges: badges::read(self),
            notice: notice::read(self),
            links: links::read(self),
            confidence: confidence::read(self),
            hypothesis: hypothesis::read(self),
            query: query::read(self),
            definition: definition::read(self),
            data_sources: data_sources::read(self),
            attack: attack::read(self),
            references: references::read(self),
            false_positives: false_positives::read(self),
            tuning: tuning::read(self),
            findings: findings::read(self),
            record: record::read(self),
            similar: similar::read(self),
            history: history::read(self),
            source: source::read(self),
        }
    }

    fn path(&self) -> String {
        match &self.rule.part {
            Some(part) => format!("{}#{part}", self.rule.file.relative),
            None => self.rule.file.relative.clone(),
        }
    }

    /// Where the file is from, where that is a repository.
    fn origin(&self) -> Option<&'a Origin> {
        self.rule.file.origin.as_deref()
    }

    /// The evidence id of a commit of the file.
    fn git(&self, commit: Option<&str>) -> String {
        self.origin().map_or_else(
            || format!("path:{}", self.path()),
            |origin| {
                let commit = commit.or(origin.commit.as_deref()).unwrap_or("");
                format!("git:{}@{commit}:{}", origin.url, origin.path)
            },
        )
    }

    /// Whether the file has fields beside the query.
    fn has_fields(&self) -> bool {
        self.rule.kind != RuleKind::Query
    }

    /// The evidence id of a field of the file; nothing where it is a query on its own.
    fn yaml(&self, place: &str) -> String {
        match self.has_fields() {
            true => format!("yaml:{place}"),
            false => String::new(),
        }
    }

    /// The places where a table is read.
    fn source_evidence(&self, table: &str) -> Evidence {
        let sources = self.reading.sources.iter().filter(|source| source.table == table);
        sources.map(|source| self.places.id(source.span)).collect()
    }

    fn attack_evidence(&self, technique: &mitre::Technique) -> String {
        let versions = mitre::versions();
        let version = versions.iter().find(|(matrix, _)| *matrix == technique.matrix);
        format!("attack:{}@{}", technique.id, version.map_or("", |(_, version)| version))
    }

    /// Whether a table is known.
    fn catalog_has(&self, table: &str) -> bool {
        self.input.catalog.table(table).is_some()
    }

    /// A span of the file as bytes of the query, where it lies there.
    fn in_query(&self, span: Span) -> Option<(usize, usize)> {
        let query = &self.rule.query;
        let first = query.offsets.to_file(0);
        let length = u32::try_from(query.text.len()).ok()?;
        if span.start < first || span.is_empty() {
            return None;
        }
        // The way back: offsets grow with the text, so the place is found by halving.
        let find = |wanted: u32| {
            let (mut low, mut high) = (0, length);
            while low < high {
                let middle = low + (high - low) / 2;
                if query.offsets.to_file(middle) < wanted {
                    low = middle + 1
                } else {
                    high = middle
                }
            }
            low
        };
        let (start, end) = (find(span.start), find(span.end));
        let is_there = start < length && query.offsets.to_file(start) == span.start;
        is_there.then_some((start as usize, end.min(length) as usize))
    }
}

/// The stored functions that a text names.
fn functions(text: &str, input: &PageInput<'_>) -> BTreeSet<String> {
    let tokens = lex(text);
    let names = tokens.as_slice().iter().filter(|token| token.kind == TokenKind::Identifier);
    let names: BTreeSet<&str> = names.map(|token| token.span.text(text)).collect();
    let is_function =
        |name: &&str| input.catalog.function(name).is_some() && input.catalog.table(name).is_none();
    names.into_iter().filter(is_function).map(str::to_owned).collect()
}

/// A time as pages show it: `2026-11-24T18:00:00Z`.
fn instant(ticks: i64) -> String {
    use kql_semantics::time::{TICKS_PER_DAY, TICKS_PER_SECOND, civil_from_days};
    let (year, month, day) = civil_from_days(ticks.div_euclid(TICKS_PER_DAY));
    let second = ticks.rem_euclid(TICKS_PER_DAY) / TICKS_PER_SECOND;
    let (hour, minute, second) = (second / 3600, second / 60 % 60, second % 60);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
}

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
