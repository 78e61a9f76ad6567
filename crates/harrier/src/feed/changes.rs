//! What changed since the last build: new rules, rules gone, rules whose meaning is another.

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::entry::{Entry, Meaning};
use super::{FeedError, FeedOptions};

/// The file that a build leaves for the next one.
pub(super) const FILE: &str = "harrier-feed.json";
/// How many changes are kept.
const MOST: usize = 2_000;

/// A change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// When.
    pub at: String,
    /// What happened to the rule.
    pub kind: ChangeKind,
    /// Its name.
    pub name: String,
    /// Its path.
    pub path: String,
    /// The file of its page; none where it is gone.
    pub file: Option<String>,
    /// What is other than before.
    pub what: Vec<String>,
}

/// What happened to a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ChangeKind {
    /// It came.
    New,
    /// It means something else.
    Changed,
    /// It went.
    Gone,
}

/// What is known from one build to the next.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Ledger {
    rules: BTreeMap<String, Known>,
    /// The newest first.
    pub(super) changes: Vec<Change>,
    /// How many of them are of this build.
    #[serde(skip)]
    pub(super) fresh: usize,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct Known {
    updated: String,
    meaning: Meaning,
}

impl Ledger {
    /// What the last build left; nothing where there was none, or where it can not be read.
    pub(super) fn read(folder: &Path) -> Result<Self, FeedError> {
        let path = folder.join(FILE);
        match std::fs::read(&path) {
            Ok(bytes) => Ok(serde_json::from_slice(&bytes).unwrap_or_default()),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Self::default()),
            Err(source) => Err(FeedError::Write { path, source }),
        }
    }

    /// With the rules of this build. Entries get the time of their last change.
    pub(super) fn with(self, entries: &mut [Entry<'_>], options: &FeedOptions) -> Self {
        // On a first build everything would be new.
        let is_first = self.rules.is_empty();
        let mut rules = BTreeMap::new();
        let mut fresh = Vec::new();
        for entry in &mut *entries {
            let change = |kind, what| Change {
                at: entry.updated.clone(),
                kind,
                name: entry.page.title.value.shown().to_owned(),
                path: entry.page.path.clone(),
                file: Some(entry.file.clone()),
                what,
            };
            match self.rules.get(&entry.key) {
                Some(known) if known.meaning == entry.meaning => {
                    entry.updated.clone_from(&known.updated)
                }
                Some(known) => fresh
                    .push(change(ChangeKind::Changed, differences(&known.meaning, &entry.meaning))),
                None if !is_first => fresh.push(change(ChangeKind::New, Vec::new())),
                None => {}
            }
            let known = Known { updated: entry.updated.clone(), meaning: entry.meaning.clone() };
            rules.insert(entry.key.clone(), known);
        }
        for (key, known) in &self.rules {
            if !rules.contains_key(key) {
                let path = key.split_once('/').map_or(key.as_str(), |(_, path)| path).to_owned();
                let name = known.meaning.name.clone();
                let at = options.now.clone();
                fresh.push(Change {
                    at,
                    kind: ChangeKind::Gone,
                    name,
                    path,
                    file: None,
                    what: Vec::new(),
                });
            }
        }
        fresh.sort_by(|one, other| (&other.at, &one.path).cmp(&(&one.at, &other.path)));
        let count = fresh.len();
        let mut changes = fresh;
        changes.extend(self.changes);
        changes.truncate(MOST);
        Self { rules, changes, fresh: count }
    }

    pub(super) fn text(&self) -> Result<String, FeedError> {
        Ok(serde_json::to_string(self)?)
    }
}

/// What is other, in words.
fn differences(before: &Meaning, now: &Meaning) -> Vec<String> {
    let mut said = Vec::new();
    let mut one = |about: &str, before: &str, now: &str| {
        if before != now {
            let shown =
                |text: &str| if text.is_empty() { String::from("none") } else { text.to_owned() };
            said.push(format!("{about} {} instead of {}", shown(now), shown(before)));
        }
    };
    one("name", &before.name, &now.name);
    one("severity", &before.severity, &now.severity);
    let lists = [
        ("tactics", &before.tactics, &now.tactics),
        ("techniques", &before.techniques, &now.techniques),
        ("tables", &before.tables, &now.tables),
        ("literals", &before.literals, &now.literals),
        ("definition", &before.definition, &now.definition),
    ];
    for (about, before, now) in lists {
        let missing = |from: &[String], to: &[String]| -> Vec<String> {
            from.iter().filter(|item| !to.contains(item)).take(5).cloned().collect()
        };
        let (added, removed) = (missing(now, before), missing(before, now));
        if !added.is_empty() {
            said.push(format!("{about} added: {}", added.join(", ")));
        }
        if !removed.is_empty() {
            said.push(format!("{about} removed: {}", removed.join(", ")));
        }
    }
    if said.is_empty() && before.query != now.query {
        said.push(String::from("the query's logic"));
    }
    said
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn differences_are_said_in_words() {
        let before = Meaning {
            severity: String::from("Low"),
            tables: vec![String::from("A")],
            ..Meaning::default()
        };
        let now = Meaning {
            severity: String::from("High"),
            tables: vec![String::from("B")],
            ..Meaning::default()
        };
        assert_eq!(
            differences(&before, &now),
            ["severity High instead of Low", "tables added: B", "tables removed: A"]
        );
    }
}
