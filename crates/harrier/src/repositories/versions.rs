//! The versions of a rule, and what each changed: in its meaning, and in its text.

use std::path::PathBuf;
use std::sync::Arc;

use harrier_rules::{
    Change, FileBytes, Meaning, MeaningChange, Rule, RuleCatalog, compare, load_bytes,
    stored_functions,
};
use harrier_store::KnownSchemas;
use similar::TextDiff;

use super::{Repository, RepositoryError, history};

/// Lines of context around what changed in a text.
const CONTEXT: usize = 3;

/// The versions of a rule.
#[derive(Clone, Debug, Default)]
pub struct RuleVersions {
    /// The newest first.
    pub versions: Vec<RuleVersion>,
    /// Whether there are older commits that are not here, or were not looked at.
    pub is_cut: bool,
}

/// A rule as it was behind a change.
#[derive(Clone, Debug)]
pub struct RuleVersion {
    /// The change.
    pub change: Change,
    /// The rule; none where the change removed it, or left it such that it could not be read.
    pub rule: Option<Rule>,
    /// What it means.
    pub meaning: Option<Meaning>,
    /// What is different in its meaning from the version before; empty where that is the same, or there is none.
    pub differences: Vec<MeaningChange>,
}

/// The versions of a rule: of a file, and of a part of it where that holds several.
pub(super) fn of_rule(
    repository: &Repository,
    (path, part): (&str, Option<&str>),
    most: usize,
) -> Result<RuleVersions, RepositoryError> {
    let history = history::of_file(repository, path, most)?;
    let mut versions: Vec<RuleVersion> = history
        .versions
        .into_iter()
        .map(|version| {
            let rule = version.bytes.and_then(|bytes| rule_of(&version.change.path, part, bytes));
            let meaning = rule.as_ref().map(meaning_of);
            RuleVersion { change: version.change, rule, meaning, differences: Vec::new() }
        })
        .collect();
    // Only a rule that calls functions of its repository needs all of that read.
    if versions.iter().filter_map(|version| version.meaning.as_ref()).any(|meaning| !meaning.binds)
    {
        let functions = stored_functions(&repository.load()?.functions, &KnownSchemas);
        let catalog = RuleCatalog::new(&KnownSchemas, &functions);
        for version in &mut versions {
            let meaning = |rule: &Rule| on_large_stack(|| Meaning::of(rule, &catalog));
            version.meaning = version.rule.as_ref().map(meaning);
        }
    }
    for index in 1..versions.len() {
        let before = versions.get(index).and_then(|version| version.meaning.clone());
        let Some(after) = versions.get_mut(index - 1) else { continue };
        if let (Some(before), Some(meaning)) = (before, &after.meaning) {
            after.differences = compare(&before, meaning);
        }
    }
    Ok(RuleVersions { versions, is_cut: history.is_cut })
}

fn rule_of(path: &str, part: Option<&str>, bytes: Arc<[u8]>) -> Option<Rule> {
    let file =
        FileBytes { path: PathBuf::from(path), relative: path.to_owned(), bytes, origin: None };
    let rules = load_bytes(file).rules;
    match part {
        Some(part) => rules.into_iter().find(|rule| rule.part.as_deref() == Some(part)),
        None => rules.into_iter().next(),
    }
}

/// What a rule means against the known tables alone.
#[must_use]
pub fn meaning_of(rule: &Rule) -> Meaning {
    on_large_stack(|| Meaning::of(rule, &KnownSchemas))
}

/// What two rules differ in, against the known tables alone.
#[must_use]
pub fn difference(before: &Rule, after: &Rule) -> Vec<MeaningChange> {
    compare(&meaning_of(before), &meaning_of(after))
}

/// Queries nest as deep as the parser lets them.
fn on_large_stack<T>(work: impl FnOnce() -> T) -> T {
    stacker::grow(256 << 20, work)
}

/// What changed in a text, as patches show it; empty where nothing did.
#[must_use]
pub fn unified(before: (&str, &str), after: (&str, &str)) -> String {
    let ((before_name, before), (after_name, after)) = (before, after);
    if before == after {
        return String::new();
    }
    let difference = TextDiff::from_lines(before, after);
    difference.unified_diff().context_radius(CONTEXT).header(before_name, after_name).to_string()
}
