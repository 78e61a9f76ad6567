//! How far the rule can be relied on: a sum of stated terms.

mod terms;

use serde::Serialize;

use super::Context;
use super::document::{Block, Line, Piece};
use super::field::{Evidence, Field};

/// How far a rule can be relied on. Not a probability.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Confidence {
    /// The sum, from 0 to 100.
    pub points: u8,
    /// `high`, `medium`, `low`.
    pub band: &'static str,
    /// What it is the sum of.
    pub terms: Vec<Field<Term>>,
    /// Why the sum is less than its terms.
    pub cap: Option<String>,
    /// Names of terms that could not be measured.
    pub not_measured: Vec<&'static str>,
}

/// A term of the sum.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Term {
    /// Its name.
    pub name: &'static str,
    /// What it adds; less than nothing where something is proved to be impossible.
    pub points: i8,
    /// What it could add.
    pub of: i8,
    /// Whether it holds.
    pub verdict: Verdict,
    /// Why.
    pub why: String,
}

/// Whether a term holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// It does.
    Yes,
    /// In part.
    Partly,
    /// It does not.
    No,
    /// It was not measured.
    Unknown,
}

impl Verdict {
    /// Its name, as pages show it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::Partly => "partly",
            Self::No => "no",
            Self::Unknown => "not measured",
        }
    }
}

pub(super) fn read(context: &Context<'_>) -> Field<Confidence> {
    let terms = terms::all(context);
    let sum: i32 = terms.iter().map(|term| i32::from(term.value.points)).sum();
    let has_error = context.input.findings.iter().any(kql_syntax::Diagnostic::is_error);
    let (most, cap) = match (context.parse_ok, has_error) {
        (false, _) => (10, Some("its query does not parse: at most 10")),
        (true, true) => (54, Some("it has a finding of severity error: at most 54")),
        (true, false) => (100, None),
    };
    let points = sum.clamp(0, 100);
    let cap = cap.filter(|_| points > most).map(str::to_owned);
    let points = u8::try_from(points.min(most)).unwrap_or(0);
    let band = match points {
        80.. => "high",
        55.. => "medium",
        _ => "low",
    };
    let is_unknown = |term: &&Field<Term>| term.value.verdict == Verdict::Unknown;
    let not_measured = terms.iter().filter(is_unknown).map(|term| term.value.name).collect();
    let evidence = terms.iter().flat_map(|term| term.evidence.clone()).collect::<Evidence>();
    Field::derived(Confidence { points, band, terms, cap, not_measured }, evidence)
}

impl Confidence {
    /// As a badge says it: the sum, and what it lacks.
    #[must_use]
    pub fn badge(&self) -> String {
        let mut lacks = Vec::new();
        if self.not_measured.contains(&"data") {
            lacks.push("no data here");
        }
        if self.not_measured.contains(&"tests") {
            lacks.push("not tested");
        }
        match lacks.is_empty() {
            true => self.points.to_string(),
            false => format!("{}, {}", self.points, lacks.join(", ")),
        }
    }
}

pub(super) fn blocks(confidence: &Field<Confidence>) -> Vec<Block> {
    let value = &confidence.value;
    let text = format!("{} of 100, {}. ", value.points, value.band);
    let mut head = Line::default().then(Piece::Strong(text));
    head = head.then(Piece::Text(String::from("A sum of stated terms, not a probability")));
    if let Some(cap) = &value.cap {
        head = head.then(Piece::Text(format!("; {cap}")));
    }
    head = head.then(Piece::Text(String::from(".")));
    let rows = value.terms.iter().map(|field| {
        let term = &field.value;
        vec![
            Line::plain(term.name).from_field(field),
            Line::plain(format!("{} of {}", term.points, term.of)),
            Line::plain(term.verdict.name()),
            Line::marked(&term.why),
        ]
    });
    let table = Block::Table { head: vec!["Term", "Points", "Holds", "Why"], rows: rows.collect() };
    vec![Block::Paragraph(head), table]
}
