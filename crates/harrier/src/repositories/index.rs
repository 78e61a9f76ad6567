//! What is noted of each rule when its repository is fetched, so that searching reads one file and parses next to nothing.
//!
//! The first line tells what the index was made of. Of each rule follow two lines: its facts as JSON, and its words in
//! lower case, field by field.

use std::collections::HashMap;
use std::fs;
use std::sync::Arc;

use harrier_rules::{Loaded, Rule, RuleCatalog, bind_text, stored_functions};
use harrier_store::KnownSchemas;
use kql_semantics::BindOptions;
use kql_semantics::catalog::StoredFunction;
use serde::{Deserialize, Serialize};

use super::state::write_whole;
use super::{Repository, RepositoryError, Synced, error};

const INDEX: &str = "index";
/// Between the fields of the words.
pub(super) const BETWEEN: char = '\u{1f}';
/// Rules nest as deep as the parser lets them.
const STACK: usize = 256 << 20;

/// A rule as the index has it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct IndexedRule {
    /// Its path in its repository.
    pub path: String,
    /// Which of the file's rules it is, where the file holds several.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub part: Option<String>,
    /// Its id, in lower case.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Its name.
    pub name: String,
    /// `scheduled`, `hunting`, ...
    pub kind: String,
    /// Its severity.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub severity: Option<String>,
    /// ATT&CK tactics.
    pub tactics: Vec<String>,
    /// ATT&CK techniques.
    pub techniques: Vec<String>,
    /// Tables that its bound query reads.
    pub tables: Vec<String>,
    /// Its last change. **Unit**: ticks.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub changed: Option<i64>,
    /// Tells versions of its file apart.
    pub hash: String,
}

impl IndexedRule {
    /// Its path, with its part.
    #[must_use]
    pub fn label(&self) -> String {
        match &self.part {
            Some(part) => format!("{}#{part}", self.path),
            None => self.path.clone(),
        }
    }
}

/// What the index was made of.
#[derive(Debug, Default, PartialEq, Serialize, Deserialize)]
struct Head {
    format: u32,
    /// Tells sets of functions apart: tables are read through them.
    functions: String,
}

const FORMAT: u32 = 1;

/// Writes the index anew, and tells what is different from the one before. Rules whose text stayed are not bound again.
pub(super) fn rebuild(repository: &Repository, loaded: &Loaded) -> Result<Synced, RepositoryError> {
    let mut hash = Fnv::default();
    loaded.functions.iter().for_each(|function| hash.add(&function.file.bytes));
    let head = Head { format: FORMAT, functions: hash.text() };
    let old = read_with_head(repository).unwrap_or_default();
    let is_alike = old.0 == head;
    let known: HashMap<String, IndexedRule> =
        old.1.into_iter().map(|rule| (rule.label(), rule)).collect();
    let functions = stored_functions(&loaded.functions, &KnownSchemas);
    let reusable = if is_alike { &known } else { &HashMap::new() };
    let rules = indexed(&loaded.rules, &functions, reusable);
    let mut text = line(&head)?;
    let mut synced = Synced { rules: rules.len(), ..Synced::default() };
    let mut labels = std::collections::HashSet::new();
    for (rule, indexed) in loaded.rules.iter().zip(&rules) {
        text.push_str(&line(indexed)?);
        text.push_str(&words(rule, indexed));
        text.push('\n');
        let label = indexed.label();
        match known.get(&label) {
            None => synced.added.push(label.clone()),
            Some(old) if old.hash != indexed.hash => synced.changed.push(label.clone()),
            Some(_) => {}
        }
        labels.insert(label);
    }
    synced.removed = known.keys().filter(|label| !labels.contains(*label)).cloned().collect();
    synced.removed.sort();
    write_whole(&repository.home.join(INDEX), text.as_bytes())?;
    Ok(synced)
}

fn line(value: &impl Serialize) -> Result<String, RepositoryError> {
    let text = serde_json::to_string(value).map_err(|error| RepositoryError::Damaged {
        path: INDEX.into(),
        reason: error.to_string(),
    })?;
    Ok(text + "\n")
}

/// The words of a rule: name, ATT&CK, tables, description, query.
fn words(rule: &Rule, indexed: &IndexedRule) -> String {
    let attack = [indexed.tactics.join(" "), indexed.techniques.join(" ")].join(" ");
    let fields =
        [&rule.name, &attack, &indexed.tables.join(" "), &rule.description, &rule.query.text];
    let mut text = String::new();
    for field in fields {
        for character in field.chars() {
            if character.is_control() {
                text.push(' ');
            } else {
                text.extend(character.to_lowercase());
            }
        }
        text.push(BETWEEN);
    }
    text
}

fn indexed(
    rules: &[Rule],
    functions: &[Arc<StoredFunction>],
    known: &HashMap<String, IndexedRule>,
) -> Vec<IndexedRule> {
    let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let share = rules.len().div_ceil(threads).max(1);
    std::thread::scope(|scope| {
        let started: Vec<_> = rules
            .chunks(share)
            .map(|rules| {
                let work = move || {
                    let catalog = RuleCatalog::new(&KnownSchemas, functions);
                    rules.iter().map(|rule| indexed_rule(rule, &catalog, known)).collect::<Vec<_>>()
                };
                let thread =
                    std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, work);
                (rules, thread)
            })
            .collect();
        started
            .into_iter()
            .flat_map(|(rules, thread)| {
                let done = thread.ok().and_then(|thread| thread.join().ok());
                // Without a thread a rule is found by everything but its tables.
                done.unwrap_or_else(|| rules.iter().map(facts).collect())
            })
            .collect()
    })
}

fn indexed_rule(
    rule: &Rule,
    catalog: &RuleCatalog<'_>,
    known: &HashMap<String, IndexedRule>,
) -> IndexedRule {
    let mut indexed = facts(rule);
    indexed.tables = match known.get(&indexed.label()) {
        Some(known) if known.hash == indexed.hash => known.tables.clone(),
        _ => {
            let query = bind_text(&rule.query.text, catalog, &BindOptions::default()).bound.query;
            query.tables().iter().map(ToString::to_string).collect()
        }
    };
    indexed
}

fn facts(rule: &Rule) -> IndexedRule {
    let mut hash = Fnv::default();
    hash.add(&rule.file.bytes);
    IndexedRule {
        path: rule.file.relative.clone(),
        part: rule.part.clone(),
        id: rule.id.clone(),
        name: rule.name.clone(),
        kind: rule.kind.name().to_owned(),
        severity: rule.severity.map(|severity| severity.name().to_owned()),
        tactics: rule.tactics.clone(),
        techniques: rule.techniques.clone(),
        tables: Vec::new(),
        changed: rule.file.origin.as_ref().and_then(|o| o.changed.as_ref()).map(|c| c.time),
        hash: hash.text(),
    }
}

/// All rules of an index.
pub(super) fn read(repository: &Repository) -> Result<Vec<IndexedRule>, RepositoryError> {
    read_with_head(repository).map(|(_, rules)| rules)
}

fn read_with_head(repository: &Repository) -> Result<(Head, Vec<IndexedRule>), RepositoryError> {
    let text = text(repository)?;
    let mut lines = text.lines();
    let head = parsed(repository, lines.next().unwrap_or(""))?;
    let mut rules = Vec::new();
    while let Some(facts) = lines.next() {
        rules.push(parsed(repository, facts)?);
        lines.next();
    }
    Ok((head, rules))
}

/// The index as it is written.
pub(super) fn text(repository: &Repository) -> Result<String, RepositoryError> {
    let path = repository.home.join(INDEX);
    fs::read_to_string(&path).map_err(|error| error::io(&path, error))
}

/// One line of an index.
pub(super) fn parsed<T: for<'de> Deserialize<'de>>(
    repository: &Repository,
    line: &str,
) -> Result<T, RepositoryError> {
    serde_json::from_str(line).map_err(|error| RepositoryError::Damaged {
        path: repository.home.join(INDEX),
        reason: error.to_string(),
    })
}

/// FNV-1a: the same on every machine and in every version.
struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Fnv {
    fn add(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }

    fn text(&self) -> String {
        format!("{:016x}", self.0)
    }
}
