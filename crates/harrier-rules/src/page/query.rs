//! The query as it is written, with marks where something is wrong, and what it gives.

use serde::Serialize;

use super::Context;
use super::document::{Block, CodeMark, Line};
use super::field::Field;

/// The query.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct QueryField {
    /// Its text.
    pub text: String,
    /// Places of findings.
    pub marks: Vec<CodeMark>,
    /// Name and type of each result column; none where the query has errors.
    pub columns: Vec<(String, String)>,
    /// Whether further columns depend on data.
    pub is_open: bool,
}

pub(super) fn read(context: &Context<'_>) -> Field<QueryField> {
    let field = QueryField {
        text: context.rule.query.text.clone(),
        marks: marks(context),
        columns: context.columns.clone(),
        is_open: context.is_open,
    };
    Field::source(field, context.yaml("/query"))
}

/// Findings whose place is in the query, one behind the other.
fn marks(context: &Context<'_>) -> Vec<CodeMark> {
    let text = &context.rule.query.text;
    let mut marks: Vec<CodeMark> = Vec::new();
    for diagnostic in context.input.findings {
        let Some(mark) = diagnostic.marks.first() else { continue };
        let Some((start, end)) = context.in_query(mark.span) else { continue };
        let is_cut = !text.is_char_boundary(start) || !text.is_char_boundary(end);
        if is_cut || start >= end {
            continue;
        }
        let severity = super::findings::severity(diagnostic);
        let note = format!("{}: {}", diagnostic.code.0, diagnostic.message);
        marks.push(CodeMark { start, end, severity, note });
    }
    marks.sort_by_key(|mark| (mark.start, mark.end));
    let mut apart: Vec<CodeMark> = Vec::new();
    for mark in marks {
        match apart.last_mut() {
            Some(last) if mark.start < last.end => {
                last.note.push('\n');
                last.note.push_str(&mark.note);
            }
            _ => apart.push(mark),
        }
    }
    apart
}

pub(super) fn blocks(query: &Field<QueryField>) -> Vec<Block> {
    let marks = query.value.marks.clone();
    let mut blocks = vec![Block::Code { language: "kusto", text: query.value.text.clone(), marks }];
    if !query.value.columns.is_empty() {
        let shown: Vec<String> = query
            .value
            .columns
            .iter()
            .take(60)
            .map(|(name, ty)| format!("`{name}` {ty}"))
            .collect();
        let more = query.value.columns.len().saturating_sub(60);
        let mut text = format!("Gives {}", shown.join(", "));
        if more > 0 {
            text.push_str(&format!(" and {more} more columns"));
        }
        if query.value.is_open {
            text.push_str("; further columns depend on data");
        }
        blocks.push(Block::Paragraph(Line::marked(&text)));
    }
    blocks
}
