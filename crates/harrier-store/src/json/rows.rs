//! The rows of a JSON file: only wanted values are made.

use std::ops::Range;

use arrow::error::ArrowError;

use super::frames::{Frame, Frames};
use super::keys::Keys;
use super::records::{Place, Sink, each_record};
use super::text::unescape;
use super::value::{Flaw, Kind};
use crate::file::TypeFilter;
use crate::heading::parse_heading;
use crate::rows::{Columns, Decoded, ReadError, Rows};
use crate::summary::TYPE_COLUMN;
use crate::values::{ColumnBuilder, Raw};

/// A batch is given when its values have so many bytes, whatever its rows.
const BATCH_BYTES: usize = 16 * 1024 * 1024;

/// After so many bytes a batch is given, even of no rows, so that a scan for what is rare can be stopped.
const READ_BYTES: usize = 4 * BATCH_BYTES;

/// Reads the rows of a JSON file, or of a part of one.
pub(crate) struct JsonRows {
    pub(crate) frames: Frames,
    pub(crate) place: Place,
    pub(crate) batch_rows: usize,
    /// Whether the first pass found the file cut; that it is cut now is no news then.
    pub(crate) is_cut: bool,
    pub(crate) batch: Batch,
}

/// Gathers the rows of a batch.
pub(crate) struct Batch {
    /// For each key, the wanted columns that it fills.
    keys: Keys<Option<usize>>,
    /// The names of the slots: wanted columns, each once.
    slots: Vec<String>,
    /// The values of the record that is being read.
    values: Vec<Option<(Kind, Range<usize>)>>,
    /// For each wanted column, its slot and its values.
    builders: Vec<(usize, ColumnBuilder)>,
    only_type: Option<(usize, TypeFilter)>,
    with_places: bool,
    places: Vec<i64>,
    rows: usize,
    bytes: usize,
    /// Where the piece that is being read begins in the file.
    offset: u64,
    error: Option<ArrowError>,
}

impl Batch {
    pub(crate) fn new(columns: &Columns, only_type: Option<&TypeFilter>) -> Self {
        let mut slots: Vec<String> = Vec::new();
        let mut slot = |name: &str| {
            slots.iter().position(|slot| slot == name).unwrap_or_else(|| {
                slots.push(name.to_owned());
                slots.len() - 1
            })
        };
        let builders =
            columns.wanted.iter().map(|(name, ty)| (slot(name), ColumnBuilder::new(*ty))).collect();
        let only_type = only_type.map(|filter| (slot(TYPE_COLUMN), filter.clone()));
        Self {
            keys: Keys::new(),
            values: vec![None; slots.len()],
            slots,
            builders,
            only_type,
            with_places: columns.with_places,
            places: Vec::new(),
            rows: 0,
            bytes: 0,
            offset: 0,
            error: None,
        }
    }

    fn take(&mut self) -> Decoded {
        self.bytes = 0;
        Decoded {
            columns: self.builders.iter_mut().map(|(_, builder)| builder.finish()).collect(),
            rows: std::mem::take(&mut self.rows),
            places: std::mem::take(&mut self.places),
        }
    }

    fn value<'a>(&self, slot: usize, text: &'a str) -> Option<(Kind, &'a str)> {
        let (kind, range) = self.values.get(slot)?.as_ref()?;
        Some((*kind, text.get(range.clone())?))
    }

    /// Whether the table takes the record.
    fn is_taken(&self, text: &str) -> bool {
        let Some((slot, filter)) = &self.only_type else { return true };
        let ty = match self.value(*slot, text) {
            Some((Kind::String { .. }, value)) => unescape(inner(value)),
            Some((Kind::Null, _)) | None => "".into(),
            Some((_, value)) => value.into(),
        };
        filter.takes(&ty)
    }
}

impl Sink for Batch {
    fn begin(&mut self) {
        self.keys.begin();
        self.values.iter_mut().for_each(|value| *value = None);
    }

    fn field(&mut self, key: &str, kind: Kind, value: Range<usize>) {
        let slots = &self.slots;
        let slot = self.keys.target(key, |key| {
            let key = unescape(key);
            let column = parse_heading(&key).column;
            slots.iter().position(|slot| slot == column)
        });
        if let Some(slot) = slot.and_then(|slot| self.values.get_mut(slot)) {
            *slot = Some((kind, value));
        }
    }

    fn end(&mut self, text: &str, at: usize) {
        if self.error.is_some() || !self.is_taken(text) {
            return;
        }
        for (slot, builder) in &mut self.builders {
            let value = self.values.get(*slot).and_then(Option::as_ref);
            let value = value.and_then(|(kind, range)| Some((*kind, text.get(range.clone())?)));
            self.bytes += value.map_or(0, |(_, value)| value.len());
            let appended = match value {
                None | Some((Kind::Null, _)) => builder.append(Raw::Absent),
                Some((Kind::Bool | Kind::Number, value)) => builder.append(Raw::Bare(value)),
                Some((Kind::Nested, value)) => builder.append(Raw::Nested(value)),
                Some((Kind::String { is_escaped: false }, value)) => {
                    builder.append(Raw::Text(inner(value)))
                }
                Some((Kind::String { is_escaped: true }, value)) => {
                    builder.append(Raw::Text(&unescape(inner(value))))
                }
            };
            if let Err(error) = appended {
                self.error = Some(error);
            }
        }
        if self.with_places {
            self.places.push((self.offset + at as u64).cast_signed());
        }
        self.rows += 1;
    }

    // The first pass has set it aside.
    fn flaw(&mut self, _: Flaw) {}
}

/// A string without its quotes.
fn inner(value: &str) -> &str {
    value.get(1..value.len() - 1).unwrap_or_default()
}

impl Rows for JsonRows {
    fn next(&mut self) -> Result<Option<Decoded>, ReadError> {
        let (mut read, mut is_over) = (0, false);
        while self.batch.rows < self.batch_rows
            && self.batch.bytes < BATCH_BYTES
            && read < READ_BYTES
        {
            let Some((frame, at)) = self.frames.next() else {
                is_over = true;
                break;
            };
            self.batch.offset = at.offset;
            if let Frame::Whole(bytes) = &frame {
                read += bytes.len();
            }
            if let Frame::Whole(bytes) = frame
                && let Ok(text) = std::str::from_utf8(bytes)
            {
                each_record(text, self.place, &mut self.batch);
            }
            if let Some(error) = self.batch.error.take() {
                return Err(error.into());
            }
        }
        if self.batch.rows > 0 || !is_over {
            return Ok(Some(self.batch.take()));
        }
        match self.frames.cut() {
            Some(error) if !self.is_cut => Err(ReadError::Format(error.to_string())),
            _ => Ok(None),
        }
    }
}
