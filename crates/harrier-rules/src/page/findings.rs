//! What is wrong with the rule.

use kql_syntax::{Diagnostic, Severity};
use serde::Serialize;

use super::Context;
use super::document::{Block, Line, Piece};
use super::field::{Evidence, Field};

/// Something that is wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// Its code.
    pub code: String,
    /// `error`, `warning`, `information`.
    pub severity: &'static str,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
    /// The line of the file, from 1.
    pub line: u32,
    /// The column, from 1. **Unit**: characters.
    pub column: u32,
    /// What would mend it: the text at its place, and what should stand there; empty where none is known to be safe.
    pub fix: Vec<(String, String)>,
}

pub(crate) const fn severity(diagnostic: &Diagnostic) -> &'static str {
    match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Information => "information",
    }
}

/// How many are kept.
const MOST: usize = 100;

pub(super) fn read(context: &Context<'_>) -> Vec<Field<Finding>> {
    let mut sorted: Vec<&Diagnostic> = context.input.findings.iter().collect();
    sorted.sort_by_key(|one| match one.severity {
        Severity::Error => 0,
        Severity::Warning => 1,
        Severity::Information => 2,
    });
    let source = &context.rule.file.source;
    let found = sorted.into_iter().take(MOST).map(|diagnostic| {
        let (start, _) = source.places(diagnostic.span());
        let place = context.in_query(diagnostic.span());
        let span = place.and_then(|(start, end)| {
            Some(kql_syntax::Span::new(u32::try_from(start).ok()?, u32::try_from(end).ok()?))
        });
        let evidence = Evidence::from(format!("lint:{}", diagnostic.code.0))
            .and(span.map(|span| context.places.id(span)).unwrap_or_default());
        let fix = diagnostic
            .edits
            .iter()
            .map(|edit| (edit.span.text(&source.text).to_owned(), edit.text.clone()));
        let finding = Finding {
            code: diagnostic.code.0.to_owned(),
            severity: severity(diagnostic),
            message: diagnostic.message.clone(),
            help: diagnostic.help.clone(),
            line: start.line,
            column: start.column,
            fix: fix.collect(),
        };
        Field::derived(finding, evidence)
    });
    found.collect()
}

pub(super) fn blocks(findings: &[Field<Finding>]) -> Vec<Block> {
    if findings.is_empty() {
        return vec![Block::Paragraph(Line::plain("Nothing was found to be wrong."))];
    }
    let line = |field: &Field<Finding>| {
        let finding = &field.value;
        let badge = Piece::Badge { about: finding.severity, text: finding.code.clone() };
        let mut line = Line::default().then(badge).then(Piece::Text(String::from(" ")));
        line.pieces.extend(Line::marked(&finding.message).pieces);
        line = line.then(Piece::Text(format!(" (line {})", finding.line)));
        if let Some(help) = &finding.help {
            line = line.then(Piece::Text(String::from(". ")));
            line.pieces.extend(Line::marked(help).pieces);
        }
        line.from_field(field)
    };
    vec![Block::List(findings.iter().map(line).collect())]
}
