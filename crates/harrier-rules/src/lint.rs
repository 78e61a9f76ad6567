//! Lints: what is likely wrong with a rule that is sound as KQL.
//!
//! A lint is one file in `lints/`: what it finds and why that matters, an example and its mended form (both are tests),
//! and a check that reads the bound query, the rule's fields and facts about tables, never the text.

use kql_semantics::bound::BoundQuery;
use kql_semantics::catalog::Catalog;
use kql_syntax::tree::Query;
use kql_syntax::{Code, Diagnostic, Edit, Severity, Span};
use serde::Serialize;

use crate::facts::Facts;
use crate::rule::Rule;
use crate::seen::Seen;
use crate::set::RuleSet;
use crate::yaml::Node;

/// Who wants to read of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Persona {
    /// Everybody.
    Regular,
    /// Who wants clean rules.
    Pedantic,
    /// Who looks for all that could be wrong.
    Auditor,
}

/// How sure a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Confidence {
    /// It depends on what the author meant.
    Low,
    /// As a rule it is so.
    Medium,
    /// It follows from what is written.
    High,
}

/// A kind of finding, with its manual page.
#[derive(Debug)]
pub struct Lint {
    /// `HR401`
    pub code: &'static str,
    /// What it is called in words.
    pub name: &'static str,
    /// How much it matters as a rule; a finding can say otherwise.
    pub level: Severity,
    /// Who wants to read of it.
    pub persona: Persona,
    /// How sure it is.
    pub confidence: Confidence,
    /// What it finds.
    pub finds: &'static str,
    /// Why that matters.
    pub why: &'static str,
    /// A rule in which it finds something: YAML, or a query.
    pub example: &'static str,
    /// The same mended: it finds nothing there.
    pub instead: &'static str,
    /// When to ignore it.
    pub ignore: &'static str,
    /// How it is found.
    pub(crate) check: fn(&BoundRule<'_>, &mut Vec<Diagnostic>),
}

impl Lint {
    /// A finding at a place of the file.
    pub(crate) fn at(
        &self,
        span: Span,
        label: impl Into<String>,
        message: impl Into<String>,
    ) -> Diagnostic {
        let finding = Diagnostic::warning(Code(self.code), message).mark(span, label);
        Diagnostic { severity: self.level, ..finding }
    }

    /// The same page as text.
    #[must_use]
    pub fn page(&self) -> String {
        let level = match self.level {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Information => "note",
        };
        let (persona, confidence) = (self.persona.name(), self.confidence.name());
        let indented = |text: &str| {
            text.trim_end()
                .lines()
                .map(|line| format!("    {line}").trim_end().to_owned() + "\n")
                .collect::<String>()
        };
        format!(
            "{} {}\n{level}, for the {persona} reader, {confidence} confidence\n\n\
             What it finds\n{}\nWhy it matters\n{}\nExample\n{}\nInstead\n{}\nWhen to ignore\n{}",
            self.code,
            self.name,
            indented(&wrapped(self.finds)),
            indented(&wrapped(self.why)),
            indented(self.example),
            indented(self.instead),
            indented(&wrapped(self.ignore)),
        )
    }
}

/// A paragraph in lines of at most 96 characters.
fn wrapped(text: &str) -> String {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        let line = lines.last().map_or(0, |line| line.chars().count());
        if line > 0 && line + word.chars().count() >= 96 {
            lines.push(String::new());
        }
        if let Some(line) = lines.last_mut() {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
    }
    lines.join("\n")
}

impl Persona {
    /// Its name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Regular => "regular",
            Self::Pedantic => "pedantic",
            Self::Auditor => "auditor",
        }
    }
}

impl Confidence {
    /// Its name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
        }
    }
}

/// What may be known of a rule beside itself.
#[derive(Clone, Copy, Default)]
pub struct Beside<'a> {
    /// What the data holds.
    pub seen: Option<&'a dyn Seen>,
    /// The rule as it was before a change.
    pub earlier: Option<&'a Rule>,
    /// The rules beside it.
    pub set: Option<&'a RuleSet>,
}

/// A rule with all that lints read.
pub(crate) struct BoundRule<'a> {
    pub(crate) rule: &'a Rule,
    pub(crate) facts: Facts<'a>,
    /// Whether its query can not be run.
    pub(crate) has_errors: bool,
    pub(crate) catalog: &'a dyn Catalog,
    pub(crate) beside: Beside<'a>,
}

impl<'a> BoundRule<'a> {
    pub(crate) fn new(
        rule: &'a Rule,
        (tree, query): (&'a Query, &'a BoundQuery),
        has_errors: bool,
        catalog: &'a dyn Catalog,
        beside: Beside<'a>,
    ) -> Self {
        let facts = Facts::new(&rule.query.text, tree, query, catalog);
        Self { rule, facts, has_errors, catalog, beside }
    }

    /// A place of the query as a place of the file.
    pub(crate) fn file(&self, span: Span) -> Span {
        self.rule.query.offsets.span(span)
    }

    /// A field of the rule.
    pub(crate) fn field(&self, name: &str) -> Option<&'a Node> {
        self.rule.document.as_ref()?.get(name)
    }

    /// Where a field is written; the beginning of the query where it is not.
    pub(crate) fn field_span(&self, name: &str) -> Span {
        match self.field(name) {
            Some(node) => first_line(node.span, &self.rule.file.source.text),
            None => self.file(Span::new(0, 1)),
        }
    }

    /// Replaces a place of the query, where the file spells it as the query does.
    pub(crate) fn replace(&self, span: Span, text: impl Into<String>) -> Option<Edit> {
        let file = self.file(span);
        let is_plain = file.text(&self.rule.file.source.text) == span.text(&self.rule.query.text);
        is_plain.then(|| Edit { span: file, text: text.into() })
    }

    /// Whether it runs by itself and alerts.
    pub(crate) fn is_detection(&self) -> bool {
        matches!(self.rule.kind, crate::RuleKind::Scheduled | crate::RuleKind::Nrt)
    }
}

/// A place on its first line.
fn first_line(span: Span, text: &str) -> Span {
    let line = span.text(text).find(['\n', '\r']).unwrap_or(span.text(text).len());
    Span::new(span.start, span.start + u32::try_from(line).unwrap_or(0))
}

/// A finding that matters more or less than its lint says.
pub(crate) fn with_level(finding: Diagnostic, severity: Severity) -> Diagnostic {
    Diagnostic { severity, ..finding }
}

/// A finding with an edit that mends it, where there is one.
pub(crate) fn mended(mut finding: Diagnostic, edit: Option<Edit>) -> Diagnostic {
    finding.edits.extend(edit);
    finding
}
