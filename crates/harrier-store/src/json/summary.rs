//! The first pass over a JSON file.

use std::ops::Range;

use super::frames::{At, Frame, Frames, MOST_BYTES};
use super::keys::{Keys, MOST_KEYS};
use super::records::{Place, Sink, each_record};
use super::text::unescape;
use super::value::{Flaw, Kind};
use crate::heading::parse_heading;
use crate::kinds::{Kinds, kind_of_number, kind_of_string};
use crate::summary::{ColumnSummary, Summary, TIME_COLUMNS, TYPE_COLUMN};

/// Reads records to the end. What is later than `limit` is in the future. Gives the number of lines too.
pub(crate) fn summarize(mut frames: Frames, place: Place, limit: i64) -> (Summary, u64) {
    let mut pass = FirstPass {
        summary: Summary::default(),
        keys: Keys::new(),
        fields: Vec::new(),
        limit,
        at: At::default(),
    };
    while let Some((frame, at)) = frames.next() {
        pass.at = at;
        match frame {
            Frame::Whole(bytes) => match std::str::from_utf8(bytes) {
                Ok(text) => each_record(text, place, &mut pass),
                Err(_) => pass.aside("not UTF-8"),
            },
            Frame::TooLong => pass.aside(&format!("longer than {} MiB", MOST_BYTES >> 20)),
            Frame::Cut => pass.aside("the file ends inside the record"),
            Frame::Stray => pass.flaw(Flaw::NotAnObject),
        }
    }
    if let Some(error) = frames.cut() {
        pass.summary.is_cut = true;
        pass.summary
            .note(format!("the file is cut or damaged, its rows before that are read: {error}"));
    }
    (pass.summary, frames.lines())
}

struct FirstPass {
    summary: Summary,
    keys: Keys<Option<usize>>,
    /// The fields of the record that is being read.
    fields: Vec<(usize, Kind, Range<usize>)>,
    limit: i64,
    at: At,
}

impl FirstPass {
    fn aside(&mut self, reason: &str) {
        self.summary.set_aside(self.at.line, reason);
    }
}

impl Sink for FirstPass {
    fn begin(&mut self) {
        self.keys.begin();
        self.fields.clear();
    }

    fn field(&mut self, key: &str, kind: Kind, value: Range<usize>) {
        let summary = &mut self.summary;
        let column = self.keys.target(key, |key| column_of(summary, &unescape(key)));
        if let Some(column) = column {
            self.fields.push((column, kind, value));
        }
    }

    fn end(&mut self, text: &str, _: usize) {
        self.summary.rows += 1;
        for (column, kind, value) in self.fields.drain(..) {
            let value = text.get(value).unwrap_or_default();
            let mut ty = None;
            if let Some(column) = self.summary.columns.get_mut(column) {
                see(column, kind, value, self.limit);
                ty = (column.name == TYPE_COLUMN).then(|| scalar_text(kind, value));
            }
            if let Some(ty) = ty.filter(|ty| !ty.is_empty()) {
                self.summary.count_type(&ty, 1);
            }
        }
    }

    fn flaw(&mut self, flaw: Flaw) {
        self.aside(&flaw.to_string());
    }
}

/// The column that a key means, added where it is new; none where there are too many.
fn column_of(summary: &mut Summary, key: &str) -> Option<usize> {
    let heading = parse_heading(key);
    if let Some(zone) = heading.other_zone {
        summary.note(format!("times of `{}` are of zone {zone}, and read as UTC", heading.column));
    }
    let known = summary.columns.iter().position(|column| column.name == heading.column);
    if known.is_some() || heading.column.is_empty() {
        return known;
    }
    if summary.columns.len() >= MOST_KEYS {
        summary.note(format!("more than {MOST_KEYS} columns, the later ones are left out"));
        return None;
    }
    summary
        .columns
        .push(ColumnSummary { name: heading.column.to_owned(), ..ColumnSummary::default() });
    Some(summary.columns.len() - 1)
}

fn see(column: &mut ColumnSummary, kind: Kind, value: &str, limit: i64) {
    column.kinds.add(match kind {
        Kind::Null => return,
        Kind::Bool => Kinds::BOOL,
        Kind::Number => kind_of_number(value).unwrap_or(Kinds::STRING),
        Kind::Nested => Kinds::NESTED,
        // Once there is other text, there is nothing more to learn.
        Kind::String { .. } if column.kinds.has_text() => Kinds::NONE,
        Kind::String { .. } => kind_of_string(&scalar_text(kind, value)),
    });
    if TIME_COLUMNS.contains(&column.name.as_str()) {
        column.times.get_or_insert_default().see(&scalar_text(kind, value), limit);
    }
}

/// A scalar's text: a string's without quotes and escapes.
fn scalar_text(kind: Kind, value: &str) -> std::borrow::Cow<'_, str> {
    match kind {
        Kind::String { .. } => unescape(value.get(1..value.len() - 1).unwrap_or_default()),
        _ => std::borrow::Cow::Borrowed(value),
    }
}
