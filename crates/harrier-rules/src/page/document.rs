//! A page as blocks of text, from which all renderings but JSON are made.

use serde::Serialize;

use super::field::{Field, Label};

/// A part of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// Its anchor.
    pub id: &'static str,
    /// Its heading; empty for what stands below the title.
    pub title: &'static str,
    /// What it says.
    pub blocks: Vec<Block>,
}

/// A block of text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// A paragraph.
    Paragraph(Line),
    /// A remark that stands out.
    Note(Line),
    /// Points.
    List(Vec<Line>),
    /// Rows of cells; the head is empty where the first column names the rows.
    Table {
        /// What stands above the columns.
        head: Vec<&'static str>,
        /// The rows.
        rows: Vec<Vec<Line>>,
    },
    /// A text as it is.
    Code {
        /// `kusto`, `yaml`.
        language: &'static str,
        /// The text.
        text: String,
        /// What is to be marked in it, in order, one behind the other.
        marks: Vec<CodeMark>,
    },
}

/// A part of a text that is marked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CodeMark {
    /// Where it begins. **Unit**: bytes of the text.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// `error`, `warning`, `information`.
    pub severity: &'static str,
    /// What is said of it.
    pub note: String,
}

/// Text in one line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    /// Its pieces.
    pub pieces: Vec<Piece>,
    /// Where it is from, where that is to be shown.
    pub label: Option<Label>,
    /// What shows it.
    pub evidence: Vec<String>,
}

/// A piece of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Text.
    Text(String),
    /// A name or a value.
    Code(String),
    /// Text that weighs more.
    Strong(String),
    /// A link.
    Link {
        /// What is shown.
        text: String,
        /// Where it leads.
        url: String,
    },
    /// A short fact.
    Badge {
        /// What it is about.
        about: &'static str,
        /// What it says.
        text: String,
    },
}

impl Line {
    /// Text without a label.
    #[must_use]
    pub fn plain(text: impl Into<String>) -> Self {
        Self { pieces: vec![Piece::Text(text.into())], ..Self::default() }
    }

    /// One name or value.
    #[must_use]
    pub fn code(text: impl Into<String>) -> Self {
        Self { pieces: vec![Piece::Code(text.into())], ..Self::default() }
    }

    /// Words of ours in which backticks stand around names and values.
    #[must_use]
    pub fn marked(text: &str) -> Self {
        let mut pieces = Vec::new();
        for (place, part) in text.split('`').enumerate() {
            match place % 2 {
                _ if part.is_empty() => {}
                0 => pieces.push(Piece::Text(part.to_owned())),
                _ => pieces.push(Piece::Code(part.to_owned())),
            }
        }
        Self { pieces, ..Self::default() }
    }

    /// A statement's label and evidence, with nothing said yet.
    #[must_use]
    pub fn of<T>(field: &Field<T>) -> Self {
        Self { pieces: Vec::new(), label: Some(field.label), evidence: field.evidence.clone() }
    }

    /// A statement in words of ours; words of others are shown as they are.
    #[must_use]
    pub fn statement(field: &Field<String>) -> Self {
        let said = match field.label {
            Label::Derived => Self::marked(&field.value),
            Label::Source | Label::Model | Label::Person => Self::plain(field.value.clone()),
        };
        Self { pieces: said.pieces, ..Self::of(field) }
    }

    /// With more behind.
    #[must_use]
    pub fn then(mut self, piece: Piece) -> Self {
        self.pieces.push(piece);
        self
    }

    /// With a statement's label and evidence.
    #[must_use]
    pub fn from_field<T>(mut self, field: &Field<T>) -> Self {
        self.label = Some(field.label);
        self.evidence.clone_from(&field.evidence);
        self
    }
}
