//! Rules by words: over name, ATT&CK, tables, description and query, all words at once.

use super::index::{self, BETWEEN, IndexedRule};
use super::{Repository, RepositoryError};

/// What is looked for. Everything that is said must hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Search {
    /// Words and pieces of words, in lower case.
    words: Vec<String>,
    /// Conditions on one field each, in lower case.
    conditions: Vec<(Field, String)>,
    /// How many rules are found at most, the best first. All where it is 0.
    pub most: usize,
}

/// A field that a condition names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Field {
    Table,
    Technique,
    Tactic,
    Severity,
    Kind,
    Repository,
    Name,
    Query,
    Description,
    Path,
    Id,
}

/// Words before a colon that name a field.
const FIELDS: [(&str, Field); 14] = [
    ("table", Field::Table),
    ("technique", Field::Technique),
    ("attack", Field::Technique),
    ("tactic", Field::Tactic),
    ("severity", Field::Severity),
    ("kind", Field::Kind),
    ("repository", Field::Repository),
    ("repo", Field::Repository),
    ("source", Field::Repository),
    ("name", Field::Name),
    ("query", Field::Query),
    ("description", Field::Description),
    ("path", Field::Path),
    ("id", Field::Id),
];

/// A rule that was found.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Found {
    /// The repository that it is in.
    pub repository: String,
    /// The rule.
    #[serde(flatten)]
    pub rule: IndexedRule,
    /// How well it fits: higher is better.
    #[serde(skip)]
    pub score: u32,
}

impl Search {
    /// Reads words and conditions: `password spray table:SigninLogs technique:T1110`. A word in double quotes may hold spaces.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let mut search = Self::default();
        for word in words(text) {
            let condition = word.split_once(':').and_then(|(name, value)| {
                let field = FIELDS.iter().find(|(known, _)| *known == name)?.1;
                (!value.is_empty()).then(|| (field, value.to_owned()))
            });
            match condition {
                Some(condition) => search.conditions.push(condition),
                None => search.words.push(word),
            }
        }
        search
    }
}

/// The words of a text in lower case; what is in double quotes is one.
fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let (mut word, mut is_quoted) = (String::new(), false);
    for character in text.chars() {
        match character {
            '"' => is_quoted = !is_quoted,
            c if c.is_whitespace() && !is_quoted => words.push(std::mem::take(&mut word)),
            c => word.extend(c.to_lowercase()),
        }
    }
    words.push(word);
    words.retain(|word| !word.is_empty());
    words
}

/// The best rules of all repositories.
pub(super) fn search(
    repositories: &[Repository],
    search: &Search,
) -> Result<Vec<Found>, RepositoryError> {
    let mut found = Vec::new();
    for repository in repositories {
        let is_other = search.conditions.iter().any(|(field, value)| {
            *field == Field::Repository && !repository.name.to_lowercase().contains(value.as_str())
        });
        if !is_other {
            of_index(repository, &index::text(repository)?, search, &mut found)?;
        }
    }
    found.sort_by(|one, other| {
        let key =
            |found: &Found| (found.repository.clone(), found.rule.name.clone(), found.rule.label());
        other.score.cmp(&one.score).then_with(|| key(one).cmp(&key(other)))
    });
    if search.most > 0 {
        found.truncate(search.most);
    }
    Ok(found)
}

fn of_index(
    repository: &Repository,
    text: &str,
    search: &Search,
    found: &mut Vec<Found>,
) -> Result<(), RepositoryError> {
    let mut lines = text.split('\n').skip(1);
    while let (Some(facts), Some(words)) = (lines.next(), lines.next()) {
        // Words are looked at first: most rules lack one, and their facts need not be parsed.
        let Some(score) = score(words, &search.words) else { continue };
        if !search.conditions.iter().all(|condition| may_hold(condition, facts, words)) {
            continue;
        }
        let rule: IndexedRule = index::parsed(repository, facts)?;
        if search.conditions.iter().all(|condition| holds(condition, &rule, words)) {
            found.push(Found { repository: repository.name.clone(), rule, score });
        }
    }
    Ok(())
}

/// What a hit in each field counts: name, ATT&CK, tables, description, query.
const WORTH: [u32; 5] = [16, 12, 8, 4, 1];

/// How well a rule fits all words; none where it lacks one.
fn score(text: &str, words: &[String]) -> Option<u32> {
    let mut score = 0;
    for word in words {
        if !text.contains(word.as_str()) {
            return None;
        }
        let fields = text.split(BETWEEN).zip(WORTH);
        let best =
            fields.filter(|(field, _)| field.contains(word.as_str())).map(|(_, worth)| worth);
        score += best.max()?;
    }
    Some(score)
}

/// Whether a condition may hold, told without parsing.
fn may_hold((field, value): &(Field, String), facts: &str, words: &str) -> bool {
    match field {
        Field::Table | Field::Technique | Field::Tactic => words.contains(value.as_str()),
        Field::Name | Field::Description | Field::Query => words.contains(value.as_str()),
        Field::Severity | Field::Kind | Field::Repository | Field::Path | Field::Id => {
            !facts.is_empty()
        }
    }
}

fn holds((field, value): &(Field, String), rule: &IndexedRule, words: &str) -> bool {
    let part =
        |index: usize| words.split(BETWEEN).nth(index).unwrap_or("").contains(value.as_str());
    match field {
        Field::Table => rule.tables.iter().any(|table| table.eq_ignore_ascii_case(value)),
        Field::Technique => rule.techniques.iter().any(|technique| {
            let technique = technique.to_ascii_lowercase();
            // A technique stands for its sub-techniques.
            technique
                .strip_prefix(value.as_str())
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        }),
        Field::Tactic => rule.tactics.iter().any(|tactic| tactic.eq_ignore_ascii_case(value)),
        Field::Severity => rule.severity.as_ref().is_some_and(|s| s.eq_ignore_ascii_case(value)),
        Field::Kind => rule.kind.eq_ignore_ascii_case(value),
        Field::Id => rule.id.as_ref().is_some_and(|id| id.starts_with(value.as_str())),
        Field::Path => rule.path.to_lowercase().contains(value.as_str()),
        Field::Repository => true,
        Field::Name => part(0),
        Field::Description => part(3),
        Field::Query => part(4),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_conditions() {
        let search = Search::parse("Password \"Spray Attack\" table:SigninLogs technique: x:y");
        assert_eq!(search.words, ["password", "spray attack", "technique:", "x:y"]);
        assert_eq!(search.conditions, [(Field::Table, String::from("signinlogs"))]);
    }

    #[test]
    fn the_field_counts() {
        let text =
            "password spray\u{1f}t1110\u{1f}signinlogs\u{1f}finds it\u{1f}signinlogs | where\u{1f}";
        assert_eq!(score(text, &[String::from("spray"), String::from("signinlogs")]), Some(24));
        assert_eq!(score(text, &[String::from("absent")]), None);
    }
}
