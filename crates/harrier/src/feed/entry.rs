//! A rule as the index and the feeds show it.

use harrier_rules::page::{Label, Page};
use serde::{Deserialize, Serialize};

use super::FeedOptions;

/// A rule of the feed.
pub(super) struct Entry<'a> {
    pub(super) page: &'a Page,
    /// The file of its page, below `rules/`.
    pub(super) file: String,
    /// What it is called by in feeds: the same as long as the file is.
    pub(super) key: String,
    /// What counts as its meaning.
    pub(super) meaning: Meaning,
    /// When that changed last.
    pub(super) updated: String,
}

/// What counts as a change of a rule.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Meaning {
    pub(super) name: String,
    pub(super) file: String,
    pub(super) severity: String,
    pub(super) tactics: Vec<String>,
    pub(super) techniques: Vec<String>,
    pub(super) tables: Vec<String>,
    pub(super) literals: Vec<String>,
    /// How it runs and what it maps.
    pub(super) definition: Vec<String>,
    /// A hash of the query's words.
    pub(super) query: String,
}

impl<'a> Entry<'a> {
    pub(super) fn of(page: &'a Page, options: &FeedOptions) -> Self {
        let committed = page.links.iter().find(|link| link.value.about == "last change");
        let updated =
            committed.and_then(|link| link.at.clone()).unwrap_or_else(|| options.now.clone());
        Self { page, file: file_name(page), key: key(page), meaning: Meaning::of(page), updated }
    }

    pub(super) fn severity(&self) -> &str {
        self.badge("severity")
    }

    pub(super) fn kind(&self) -> &str {
        self.badge("kind")
    }

    pub(super) fn source(&self) -> &str {
        match self.badge("repository") {
            "" => self
                .page
                .path
                .split('/')
                .next()
                .filter(|_| self.page.path.contains('/'))
                .unwrap_or(""),
            repository => repository,
        }
    }

    fn badge(&self, about: &str) -> &str {
        let badge = self.page.badges.iter().find(|badge| badge.value.about == about);
        badge.map_or("", |badge| badge.value.text.as_str())
    }

    /// What a feed says of it: the hypothesis, and how much is wrong.
    pub(super) fn summary(&self) -> String {
        let said: Vec<String> = self
            .page
            .hypothesis
            .iter()
            .filter(|sentence| sentence.label == Label::Derived)
            .map(|sentence| sentence.value.replace('`', ""))
            .collect();
        let mut text = said.join(" ");
        let errors = self.page.findings.iter().filter(|one| one.value.severity == "error").count();
        let others = self.page.findings.len() - errors;
        if errors + others > 0 {
            text.push_str(&format!(" Findings: {errors} errors, {others} others."));
        }
        text.trim().to_owned()
    }
}

impl Meaning {
    fn of(page: &Page) -> Self {
        let tables = &page.data_sources.value.tables;
        let literals = tables.iter().flat_map(|table| {
            let table = &table.value;
            table.literals.iter().flat_map(move |(column, values)| {
                values.iter().map(move |value| format!("{}.{column}: {value}", table.table))
            })
        });
        let fields = page.definition.value.fields.iter();
        let badge = |about: &str| {
            let badge = page.badges.iter().find(|badge| badge.value.about == about);
            badge.map(|badge| badge.value.text.clone()).unwrap_or_default()
        };
        Self {
            name: page.title.value.name.clone(),
            file: file_name(page),
            severity: badge("severity"),
            tactics: page
                .attack
                .value
                .tactics
                .iter()
                .map(|one| one.value.written.clone())
                .collect(),
            techniques: page
                .attack
                .value
                .techniques
                .iter()
                .map(|one| one.value.id.clone())
                .collect(),
            tables: tables.iter().map(|table| table.value.table.clone()).collect(),
            literals: literals.take(500).collect(),
            definition: fields
                .filter(|field| !matches!(field.value.0.as_str(), "version" | "id" | "severity"))
                .map(|field| format!("{}: {}", field.value.0, field.value.1))
                .collect(),
            query: page.query_hash(),
        }
    }
}

/// The file of a rule's page: words of its name, and what tells it from others of that name.
pub(super) fn file_name(page: &Page) -> String {
    let mut slug = String::new();
    for character in page.title.value.shown().chars() {
        match character {
            'a'..='z' | '0'..='9' => slug.push(character),
            'A'..='Z' => slug.push(character.to_ascii_lowercase()),
            _ if slug.ends_with('-') || slug.is_empty() => {}
            _ => slug.push('-'),
        }
        if slug.len() >= 60 {
            break;
        }
    }
    let slug = slug.trim_matches('-');
    let slug = if slug.is_empty() { "rule" } else { slug };
    format!("{slug}-{}.html", page.path_hash())
}

/// The repository, where there is one, and the rule's id; its path where it has none.
fn key(page: &Page) -> String {
    let repository = page.badges.iter().find(|badge| badge.value.about == "repository");
    let repository = repository.map_or("", |badge| badge.value.text.as_str());
    format!("{repository}/{}", page.path)
}

/// Text without what would turn the direction of writing or command a terminal.
pub(super) fn plain(text: &str) -> String {
    let shown = |c: char| match c {
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => '\u{fffd}',
        '\n' | '\t' => c,
        other if other.is_control() => '\u{fffd}',
        other => other,
    };
    text.chars().map(shown).collect()
}
