//! The versions of the rule's file.

use super::Context;
use super::document::{Block, Line, Piece};
use super::field::Field;
use super::input::Version;

/// How many are shown.
const MOST: usize = 50;

pub(super) fn read(context: &Context<'_>) -> Vec<Field<Version>> {
    let version = |version: &Version| {
        let field = Field::source(version.clone(), context.git(Some(&version.commit)));
        Field { at: Some(version.time.clone()), ..field }
    };
    context.input.history.iter().take(MOST).map(version).collect()
}

pub(super) fn blocks(history: &[Field<Version>]) -> Vec<Block> {
    if history.is_empty() {
        return vec![Block::Paragraph(Line::plain("Not known: the file was read from a folder."))];
    }
    let line = |field: &Field<Version>| {
        let version = &field.value;
        let commit = version.commit.get(..10).unwrap_or(&version.commit).to_owned();
        let mut line = Line::plain(format!("{} ", version.time));
        line = line.then(Piece::Code(commit)).then(Piece::Text(format!(" {}", version.subject)));
        if !version.changes.is_empty() {
            line = line.then(Piece::Text(format!(": {}", version.changes.join("; "))));
        }
        line.from_field(field)
    };
    vec![Block::List(history.iter().map(line).collect())]
}
