//! The rule that a user names: a file, a path in a repository, an id, a name.

use std::path::PathBuf;

use harrier::repositories::{IndexedRule, Repositories, Repository};
use harrier_rules::{Loaded, Rule, load};

use super::failure;
use crate::data;
use crate::failure::Failure;

/// A rule that was named.
pub(super) struct Named {
    /// The rule as it is now.
    pub(super) rule: Rule,
    /// Where it is kept; none where it is a file.
    pub(super) kept: Option<(Repository, IndexedRule)>,
}

/// How many are offered where several are meant.
const MOST_OFFERED: usize = 10;

/// Finds a rule.
pub(super) fn rule(text: &str, repositories: &Repositories) -> Result<Named, Failure> {
    let (path, part) = match text.rsplit_once('#') {
        Some((path, part)) if PathBuf::from(path).is_file() => (path, Some(part)),
        _ => (text, None),
    };
    if PathBuf::from(path).is_file() {
        let rule = picked(load(&[PathBuf::from(path)]), text, part)?;
        return Ok(Named { rule, kept: None });
    }
    let (repository, indexed) = indexed(text, repositories)?;
    let loaded = repository.load_file(&indexed.path).map_err(|error| failure(&error))?;
    let rule = picked(loaded, text, indexed.part.as_deref())?;
    Ok(Named { rule, kept: Some((repository, indexed)) })
}

/// The rule of a file, or the part of it.
fn picked(loaded: Loaded, text: &str, part: Option<&str>) -> Result<Rule, Failure> {
    if let Some(error) = loaded.errors.first() {
        return Err(Failure::user_with(
            format!("`{text}` can not be read as a rule"),
            match error {
                harrier_rules::LoadError::Text { diagnostic, .. } => diagnostic.message.clone(),
                harrier_rules::LoadError::Unreadable { reason, .. } => reason.clone(),
            },
        ));
    }
    let parts: Vec<String> = loaded.rules.iter().filter_map(|rule| rule.part.clone()).collect();
    let mut rules = loaded.rules.into_iter();
    let found = match part {
        Some(part) => rules.find(|rule| rule.part.as_deref() == Some(part)),
        None if parts.is_empty() => rules.next(),
        None => {
            let one = parts.first().cloned().unwrap_or_default();
            return Err(Failure::user_with(
                format!("`{text}` holds {} rules", parts.len()),
                format!("name one of them: `{text}#{one}`"),
            ));
        }
    };
    found.ok_or_else(|| match loaded.others.first() {
        Some(other) => Failure::user(format!("`{text}` is {}", other.reason)),
        None => Failure::user(format!("`{text}` holds no such rule")),
    })
}

/// The rule of a repository: by its path there, its id, its name.
fn indexed(text: &str, repositories: &Repositories) -> Result<(Repository, IndexedRule), Failure> {
    let all = repositories.list().map_err(|error| failure(&error))?;
    let mut found: Vec<(u8, Repository, IndexedRule)> = Vec::new();
    for repository in all {
        for rule in repository.indexed().map_err(|error| failure(&error))? {
            if let Some(rank) = rank(text, &repository, &rule) {
                found.push((rank, repository.clone(), rule));
            }
        }
    }
    found.sort_by_key(|(rank, ..)| *rank);
    let best = found.first().map(|(rank, ..)| *rank);
    found.retain(|(rank, ..)| Some(*rank) == best);
    match found.len() {
        0 => Err(nothing(text)),
        1 => {
            found.pop().map(|(_, repository, rule)| (repository, rule)).ok_or_else(|| nothing(text))
        }
        many => {
            let offered: Vec<String> = found
                .iter()
                .take(MOST_OFFERED)
                .map(|(_, repository, rule)| format!("{}/{}", repository.name, rule.label()))
                .collect();
            Err(Failure::user_with(
                format!("`{text}` is {many} rules"),
                format!("name one of them: {}", offered.join(", ")),
            ))
        }
    }
}

/// How well a text names a rule, the best least.
fn rank(text: &str, repository: &Repository, rule: &IndexedRule) -> Option<u8> {
    let label = rule.label();
    if format!("{}/{label}", repository.name) == text {
        return Some(0);
    }
    if rule.id.as_deref().is_some_and(|id| id.eq_ignore_ascii_case(text)) {
        return Some(1);
    }
    if rule.name.eq_ignore_ascii_case(text) {
        return Some(2);
    }
    let is_end = label == text || label.ends_with(&format!("/{text}"));
    is_end.then_some(3)
}

fn nothing(text: &str) -> Failure {
    let path = PathBuf::from(text);
    let message = format!("there is no rule `{text}`");
    match data::nearest_path(&path) {
        Some(nearest) => {
            Failure::user_with(message, format!("did you mean {}?", nearest.display()))
        }
        None => Failure::user_with(
            message,
            "name a file, a path in a repository as `harrier rules search` shows it, an id, or a name",
        ),
    }
}
