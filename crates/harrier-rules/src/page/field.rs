//! What a page says: a value, where it is from, and what shows it.

use kql_syntax::Span;
use serde::Serialize;

/// Where a statement is from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Label {
    /// Copied from the rule's file or its repository, byte for byte.
    Source,
    /// Computed from query, schema, ATT&CK or data.
    Derived,
    /// Written by a language model.
    Model,
    /// Written or approved by a person of this installation.
    Person,
}

impl Label {
    /// Its name, as pages show it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Source => "source",
            Self::Derived => "derived",
            Self::Model => "model",
            Self::Person => "person",
        }
    }
}

/// A statement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Field<T> {
    /// What is said.
    pub value: T,
    /// Where it is from.
    pub label: Label,
    /// Ids of what shows it: `yaml:/tactics/0`, `query:12:5-12:31`, `attack:T1098.001@19.2`, ...
    pub evidence: Vec<String>,
    /// When it was so: the time of the commit or of the run that it was read from. None where it is of no time.
    pub at: Option<String>,
}

impl<T> Field<T> {
    /// What stands in the file.
    #[must_use]
    pub fn source(value: T, evidence: impl Into<Evidence>) -> Self {
        Self { value, label: Label::Source, evidence: evidence.into().0, at: None }
    }

    /// What follows.
    #[must_use]
    pub fn derived(value: T, evidence: impl Into<Evidence>) -> Self {
        Self { value, label: Label::Derived, evidence: evidence.into().0, at: None }
    }
}

/// Ids of what shows a statement, each once, in the order given.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Evidence(pub Vec<String>);

impl Evidence {
    /// None.
    #[must_use]
    pub const fn none() -> Self {
        Self(Vec::new())
    }

    /// With another id behind.
    #[must_use]
    pub fn and(mut self, id: impl Into<String>) -> Self {
        let id = id.into();
        if !id.is_empty() && !self.0.contains(&id) {
            self.0.push(id);
        }
        self
    }
}

impl From<String> for Evidence {
    fn from(id: String) -> Self {
        Self::none().and(id)
    }
}

impl From<&str> for Evidence {
    fn from(id: &str) -> Self {
        Self::none().and(id)
    }
}

impl FromIterator<String> for Evidence {
    fn from_iter<I: IntoIterator<Item = String>>(ids: I) -> Self {
        ids.into_iter().fold(Self::none(), Self::and)
    }
}

/// Evidence ids of places in a query.
pub(crate) struct Places<'a> {
    text: &'a str,
    /// Offsets of line beginnings.
    lines: Vec<usize>,
}

impl<'a> Places<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        let breaks = text.match_indices('\n').map(|(at, _)| at + 1);
        Self { text, lines: std::iter::once(0).chain(breaks).collect() }
    }

    /// Line and column, from 1. **Unit**: characters.
    pub(crate) fn place(&self, offset: u32) -> (usize, usize) {
        let offset = (offset as usize).min(self.text.len());
        let line = self.lines.partition_point(|start| *start <= offset).saturating_sub(1);
        let start = self.lines.get(line).copied().unwrap_or(0);
        let column = self.text.get(start..offset).map_or(0, |text| text.chars().count());
        (line + 1, column + 1)
    }

    /// `query:12:5-12:31`; nothing for what stands nowhere.
    pub(crate) fn id(&self, span: Span) -> String {
        if span.is_empty() {
            return String::new();
        }
        let ((line, column), (end_line, end_column)) =
            (self.place(span.start), self.place(span.end));
        format!("query:{line}:{column}-{end_line}:{end_column}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_count_characters_from_one() {
        let text = "T\n| where a == \"ä\" and b";
        let places = Places::new(text);
        let at = u32::try_from(text.find("and").unwrap()).unwrap();
        assert_eq!(places.id(Span::new(at, at + 3)), "query:2:18-2:21");
        assert_eq!(places.id(Span::at(3)), "");
        assert_eq!(Evidence::from("a").and("a").and("b").0, ["a", "b"]);
    }
}
