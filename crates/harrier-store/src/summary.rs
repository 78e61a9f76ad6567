//! What the first pass over a file learns: its columns, their types, its span of time, and the rows that are broken.

use kql_semantics::time::TICKS_PER_DAY;
use serde::{Deserialize, Serialize};

use crate::instant::parse_instant;
use crate::kinds::Kinds;
use crate::report::{MOST_TOLD, SetAside};

/// The columns that tables are in time by.
pub(crate) const TIME_COLUMNS: [&str; 2] = ["TimeGenerated", "Timestamp"];

/// The column that names the table a row is of.
pub(crate) const TYPE_COLUMN: &str = "Type";

/// How many values of `Type` are told apart; a column of more does not name tables.
const MOST_TYPES: usize = 64;

/// What the first pass over a file learns.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Summary {
    /// Rows that can be read.
    pub(crate) rows: u64,
    /// The columns, in the order of their first appearance.
    pub(crate) columns: Vec<ColumnSummary>,
    /// The values of `Type` that are not empty, and how often each comes; empty where there are too many.
    pub(crate) types: Vec<(String, u64)>,
    /// Rows that are broken.
    pub(crate) rows_set_aside: u64,
    /// The first of them.
    pub(crate) set_aside: Vec<SetAside>,
    /// Whether the file ends before its end.
    pub(crate) is_cut: bool,
    /// What a reader should know besides.
    pub(crate) notes: Vec<String>,
}

/// What the first pass learns of a column.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct ColumnSummary {
    /// Its name, the zone that a heading carries taken off.
    pub(crate) name: String,
    /// What kinds of value it holds.
    pub(crate) kinds: Kinds,
    /// When its values are, for the columns that tables are in time by.
    pub(crate) times: Option<Times>,
}

/// When the rows of a file are, by one column.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Times {
    /// The first and the last, the future ones included. **Unit**: ticks.
    pub(crate) span: Option<(i64, i64)>,
    /// The last that is not in the future.
    pub(crate) last_plausible: Option<i64>,
    /// The first that is in the future.
    pub(crate) first_future: Option<i64>,
    /// How many rows have a time.
    pub(crate) rows: u64,
    /// How many rows hold text that is no time.
    pub(crate) unread_rows: u64,
    /// How many of those with a time are in the future.
    pub(crate) future_rows: u64,
}

impl Summary {
    /// The column of this name.
    pub(crate) fn column(&self, name: &str) -> Option<&ColumnSummary> {
        self.columns.iter().find(|column| column.name == name)
    }

    /// Whether some row has a value in this column.
    pub(crate) fn holds(&self, name: &str) -> bool {
        self.column(name).is_some_and(|column| column.kinds.has_values())
    }

    /// Counts a broken row.
    pub(crate) fn set_aside(&mut self, line: u64, reason: impl Into<String>) {
        self.rows_set_aside += 1;
        if self.set_aside.len() < MOST_TOLD {
            self.set_aside.push(SetAside { line, reason: reason.into() });
        }
    }

    /// What a reader should know besides, times that can not be read included.
    pub(crate) fn all_notes(&self) -> Vec<String> {
        let unread = self.columns.iter().filter_map(|column| {
            let rows = column.times.map_or(0, |times| times.unread_rows);
            (rows > 0)
                .then(|| format!("{rows} values of `{}` can not be read as times", column.name))
        });
        self.notes.iter().cloned().chain(unread).collect()
    }

    /// Says something once.
    pub(crate) fn note(&mut self, note: impl Into<String>) {
        let note = note.into();
        if !self.notes.contains(&note) {
            self.notes.push(note);
        }
    }

    /// Counts a row's `Type`.
    pub(crate) fn count_type(&mut self, value: &str, rows: u64) {
        if let Some((_, count)) = self.types.iter_mut().find(|(known, _)| known == value) {
            *count += rows;
        } else if self.types.len() < MOST_TYPES {
            self.types.push((value.to_owned(), rows));
        }
    }

    /// Adds what was learned of a later part of the same file, whose lines are counted from its own beginning.
    pub(crate) fn add(&mut self, part: Self, lines_before: u64) {
        self.rows += part.rows;
        for column in part.columns {
            match self.columns.iter_mut().find(|known| known.name == column.name) {
                Some(known) => known.add(&column),
                None => self.columns.push(column),
            }
        }
        part.types.iter().for_each(|(value, rows)| self.count_type(value, *rows));
        self.rows_set_aside += part.rows_set_aside;
        let room = MOST_TOLD.saturating_sub(self.set_aside.len());
        self.set_aside.extend(
            part.set_aside
                .into_iter()
                .take(room)
                .map(|aside| SetAside { line: aside.line + lines_before, ..aside }),
        );
        self.is_cut |= part.is_cut;
        part.notes.into_iter().for_each(|note| self.note(note));
    }
}

impl ColumnSummary {
    fn add(&mut self, other: &Self) {
        self.kinds.add(other.kinds);
        if let Some(times) = &other.times {
            self.times.get_or_insert_default().add(times);
        }
    }
}

impl Times {
    /// Counts what stands in a row: a time, or text that is none.
    pub(crate) fn see(&mut self, text: &str, limit: i64) {
        match parse_instant(text) {
            Some(ticks) => self.count(ticks, limit),
            None => self.unread_rows += u64::from(!text.trim().is_empty()),
        }
    }

    /// Counts one time. What is later than `limit` is in the future.
    pub(crate) fn count(&mut self, ticks: i64, limit: i64) {
        self.rows += 1;
        let (first, last) = self.span.unwrap_or((ticks, ticks));
        self.span = Some((first.min(ticks), last.max(ticks)));
        if ticks > limit {
            self.future_rows += 1;
            self.first_future = Some(self.first_future.map_or(ticks, |first| first.min(ticks)));
        } else {
            self.last_plausible = Some(self.last_plausible.map_or(ticks, |last| last.max(ticks)));
        }
    }

    /// Adds those of other rows.
    pub(crate) fn add(&mut self, other: &Self) {
        self.rows += other.rows;
        self.future_rows += other.future_rows;
        self.unread_rows += other.unread_rows;
        self.last_plausible = self.last_plausible.max(other.last_plausible);
        self.first_future = [self.first_future, other.first_future].into_iter().flatten().min();
        self.span = match (self.span, other.span) {
            (Some((first, last)), Some((other_first, other_last))) => {
                Some((first.min(other_first), last.max(other_last)))
            }
            (span, None) => span,
            (None, span) => span,
        };
    }
}

impl Summary {
    /// Whether the same rows would be in the future if what is later than `limit` were.
    pub(crate) fn holds_at(&self, limit: i64) -> bool {
        self.columns.iter().filter_map(|column| column.times).all(|times| {
            times.last_plausible.is_none_or(|last| last <= limit)
                && times.first_future.is_none_or(|first| first > limit)
        })
    }
}

/// The latest time that is not in the future at `now`: clocks and zones may be off by a day.
pub(crate) fn latest_plausible(now: i64) -> i64 {
    now.saturating_add(TICKS_PER_DAY)
}
